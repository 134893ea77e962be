package io.offerflow.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.avro.RunState;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.OfferKey;
import io.offerflow.domain.state.OfferFacts;
import io.offerflow.domain.state.OfferState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.HostInfo;

/** The query API: every route of docs/openapi.yaml, from the moment the port is taken until it is closed. */
public final class QueryServer implements AutoCloseable {

    private static final Pattern OFFER_ID = Pattern.compile("[a-z0-9_-]{1,50}");
    private static final Pattern PLAN_ID = OFFER_ID;
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /**
     * What answers are made of, once the service has started.
     *
     * @param self the address under which other instances know this one
     * @param consumers make consumers of committed records without a group
     * @param toRestore how many records are still to be restored
     */
    public record Sources(KafkaStreams streams, HostInfo self, int partitions, SchemaRegistry registry,
            Supplier<Consumer<byte[], byte[]>> consumers, LongSupplier toRestore) {
    }

    /** One offer in the list, for metrics. */
    public record RunAt(String step, Optional<Instant> since, boolean overdue) {
    }

    private record Parts(Sources sources, Owners owners, OfferReader reader, History history, StatusFeed feed) {
    }

    private final HttpFront front;
    private final Clock clock;
    private final OfferList list;
    private final Subscribers subscribers = new Subscribers();
    private final Forwarding forwarding = new Forwarding();
    private final Page page = Page.load();
    private volatile Optional<Parts> parts = Optional.empty();

    private QueryServer(HttpFront front, Supplier<String> metrics, Clock clock) {
        this.front = front;
        this.clock = clock;
        this.list = new OfferList(clock);
        front.start(routes(metrics), subscribers);
    }

    /**
     * Takes the port and answers what can be answered before the service has started.
     *
     * @param port 0 for any free one
     * @param gate who may ask what
     * @param metrics the text that Prometheus gets
     */
    public static QueryServer open(String host, int port, Gate gate, Supplier<String> metrics, Clock clock)
            throws IOException {
        return new QueryServer(HttpFront.bind(host, port, gate), metrics, clock);
    }

    /** The port that was taken. */
    public int port() {
        return front.port();
    }

    /** Answers everything from now on. */
    public void serve(Sources sources) {
        StatusFeed feed = new StatusFeed(sources.consumers(), sources.partitions(), sources.registry(), list,
                subscribers, clock);
        parts = Optional.of(new Parts(sources, new Owners(sources.streams(), sources.self()),
                new OfferReader(sources.streams()),
                new History(sources.consumers(), sources.registry(), sources.partitions()), feed));
        feed.start();
    }

    /** The runs at work in the whole cluster. */
    public Stream<RunAt> runs() {
        return list.rows().flatMap(row -> row.run().stream()
                .filter(run -> run.state() == RunState.ACTIVE)
                .map(run -> new RunAt(run.step(), run.startedAt(), row.overdue(clock.instant()))));
    }

    /** How many follow the events of this instance. */
    public int followers() {
        return subscribers.count();
    }

    private Router routes(Supplier<String> metrics) {
        return new Router()
                .get("/", call -> page.answer())
                .get("/offers", list::page)
                .get("/offers/{publisher}/{offer}", call ->
                        atOwner(call, offer -> OfferView.of(offer, clock.instant())))
                .get("/offers/{publisher}/{offer}/draft", call -> content(call, View.DRAFT))
                .get("/offers/{publisher}/{offer}/preview", call -> content(call, View.PREVIEW))
                .get("/offers/{publisher}/{offer}/live", call -> content(call, View.LIVE))
                .get("/offers/{publisher}/{offer}/compare", this::compare)
                .get("/offers/{publisher}/{offer}/entitlements/{plan}/{customer}", this::entitlement)
                .get("/offers/{publisher}/{offer}/history", call -> parts().history().of(key(call), call))
                .get("/events", call -> Answer.text("text/event-stream", "")) // HEAD; GET is served before
                .get("/health/live", call -> parts.map(all -> Health.live(all.sources().streams().state(),
                        all.sources().toRestore())).orElseGet(() -> Health.starting(true)))
                .get("/health/ready", call -> parts.map(all -> Health.ready(all.sources().streams().state(),
                        all.sources().toRestore())).orElseGet(() -> Health.starting(false)))
                .get("/metrics", call -> Answer.text("text/plain; version=0.0.4; charset=utf-8", metrics.get()))
                .get("/openapi.yaml", call -> resource("openapi.yaml", "application/yaml"));
    }

    private Answer content(Call call, View view) {
        call.only();
        return atOwner(call, offer -> view.of(offer).map(snapshot -> ContentView.of(offer, snapshot))
                .orElseThrow(() -> QueryError.notFound("VIEW_NOT_FOUND", "Offer %s has no %s content now.",
                        offer.key(), view.label())));
    }

    private Answer compare(Call call) {
        call.only("from", "to");
        View from = View.labelled(call.oneOf("from", "live", View.labels()));
        View to = View.labelled(call.oneOf("to", "draft", View.labels()));
        return atOwner(call, offer -> {
            Optional<ObjectNode> before = from.of(offer).map(snapshot -> ContentView.content(offer, snapshot));
            Optional<ObjectNode> after = to.of(offer).map(snapshot -> ContentView.content(offer, snapshot));
            ObjectNode node = Json.object().put("publisherId", offer.key().publisherId())
                    .put("offerId", offer.key().offerId()).put("from", from.label()).put("to", to.label())
                    .put("fromExists", before.isPresent()).put("toExists", after.isPresent());
            return node.setAll(Comparison.of(before.orElseGet(Json::object), after.orElseGet(Json::object)));
        });
    }

    /** Customers keep what they have when the offer leaves the portal (B3). */
    private Answer entitlement(Call call) {
        call.only();
        String plan = call.names().get("plan");
        String customer = call.names().get("customer");
        if (!PLAN_ID.matcher(plan).matches() || !GUID.matcher(customer).matches()) {
            throw QueryError.badRequest("Expected …/entitlements/planId/customerId with the id of a plan and a GUID in "
                    + "lower case, but met \"%s/%s\".", Call.shortened(plan), Call.shortened(customer));
        }
        return atOwner(call, facts -> facts.exists() || facts.everLive(),
                offer -> EntitlementView.of(offer, plan, customer));
    }

    private Answer atOwner(Call call, Function<OfferState, ObjectNode> how) {
        return atOwner(call, OfferFacts::exists, how);
    }

    /** An answer made of an offer by the instance that owns it: this one, or another one that is asked. */
    private Answer atOwner(Call call, Predicate<OfferFacts> which, Function<OfferState, ObjectNode> how) {
        OfferKey key = key(call);
        Parts all = parts();
        Owners.Place place = all.owners().of(key);
        if (place.here()) {
            return Answer.json(all.reader().read(key, place.partition(), which, how).orElseThrow(() ->
                    QueryError.notFound("OFFER_NOT_FOUND", "There is no offer %s.", key)));
        }
        if (call.forwarded()) {
            throw QueryError.unavailable("REBALANCING", 1, "Offer %s is on its way to another instance.", key);
        }
        return forwarding.ask(place.host(), call);
    }

    private static OfferKey key(Call call) {
        String publisher = call.names().get("publisher");
        String offer = call.names().get("offer");
        return OfferKey.parse(publisher + "/" + offer)
                .filter(key -> key.publisherId().equals(publisher) && OFFER_ID.matcher(offer).matches())
                .orElseThrow(() -> QueryError.badRequest("Expected /offers/publisherId/offerId with ids of 1 to 50 "
                        + "lower-case letters, digits, _ and -, but met \"%s/%s\".", Call.shortened(publisher),
                        Call.shortened(offer)));
    }

    private Parts parts() {
        return parts.orElseThrow(() -> QueryError.unavailable("STARTING", 2, "The service is starting."));
    }

    private static Answer resource(String name, String contentType) {
        try (InputStream in = QueryServer.class.getResourceAsStream("/web/" + name)) {
            if (in == null) {
                throw QueryError.notFound("NOT_FOUND", "This build comes without %s.", name);
            }
            return new Answer(200, contentType, in.readAllBytes(), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    @Override
    public void close() {
        subscribers.close();
        front.close();
        parts.ifPresent(all -> all.feed().close());
        forwarding.close();
    }
}
