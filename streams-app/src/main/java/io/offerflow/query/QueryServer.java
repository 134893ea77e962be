package io.offerflow.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.avro.RunState;
import io.offerflow.contract.audience.AudienceCsv;
import io.offerflow.contract.audience.AudienceFileRow.RowKind;
import io.offerflow.contract.audience.AudienceFileRow;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.AudienceType;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.row.AudienceMemberRow;
import io.offerflow.domain.state.row.AudienceRevision;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
import io.offerflow.http.HttpFront;
import io.offerflow.http.Json;
import io.offerflow.http.Router;
import io.offerflow.identity.Authenticator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.state.HostInfo;

/** The query API: serves every route of docs/openapi.yaml from the binding of the port on. */
public final class QueryServer implements AutoCloseable {

    private static final Pattern OFFER_ID = Pattern.compile("[a-z0-9_-]{1,50}");
    private static final Pattern PLAN_ID = OFFER_ID;
    private static final Pattern GUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /**
     * What the query API reads from, once the service has started.
     *
     * @param self the address under which other instances know this one
     * @param consumers makes consumers of committed records without a group
     * @param health the health of this instance now
     */
    public record Sources(KafkaStreams streams, HostInfo self, int partitions, SchemaRegistry registry,
            Supplier<Consumer<byte[], byte[]>> consumers, Supplier<HealthReport> health) {
    }

    /** A publishing run in progress, for metrics. */
    public record ActiveRun(String step, Optional<Instant> since, boolean overdue) {
    }

    private record Components(Sources sources, OwnerLocator owners, OfferReader reader, History history,
            Activity activity, StatusFeed feed) {
    }

    private final HttpFront http;
    private final Clock clock;
    private final OfferIndex index;
    private final Subscribers subscribers = new Subscribers();
    private final OwnerProxy proxy = new OwnerProxy();
    private final IndexPage page = IndexPage.readOnly();
    private volatile Optional<Components> components = Optional.empty();

    private QueryServer(String host, int port, Optional<Authenticator> authenticator, Supplier<String> metrics,
            Clock clock) throws IOException {
        this.clock = clock;
        this.index = new OfferIndex(clock);
        Router routes = routes(metrics);
        this.http = HttpFront.start(host, port, HttpFront.FrontLimits.DEFAULT,
                request -> routes.handle(authorized(request, authenticator)));
    }

    /**
     * Binds the port, and answers what can be answered before the service has started.
     *
     * @param port 0 for any free one
     * @param authenticator finds the caller of each request; empty if every request is answered
     * @param metrics the response to Prometheus
     */
    public static QueryServer open(String host, int port, Optional<Authenticator> authenticator,
            Supplier<String> metrics, Clock clock) throws IOException {
        return new QueryServer(host, port, authenticator, metrics, clock);
    }

    /** Health needs no token. */
    private static ApiRequest authorized(ApiRequest request, Optional<Authenticator> authenticator) {
        if (authenticator.isEmpty() || request.segments().getFirst().equals("health")) {
            return request;
        }
        ApiRequest known = request.from(authenticator.get());
        ReadAccess.check(known);
        return known;
    }

    /** The port that is bound. */
    public int port() {
        return http.port();
    }

    /** Answers all requests from now on. */
    public void serve(Sources sources) {
        StatusFeed feed = new StatusFeed(sources.consumers(), sources.partitions(), sources.registry(), index,
                subscribers, clock);
        JournalReader journal = new JournalReader(sources.consumers(), sources.registry(), sources.partitions());
        components = Optional.of(new Components(sources, new OwnerLocator(sources.streams(), sources.self()),
                new OfferReader(sources.streams()),
                new History(journal), new Activity(journal), feed));
        feed.start();
    }

    /** The publishing runs in progress in the whole cluster. */
    public Stream<ActiveRun> runs() {
        return index.rows().flatMap(row -> row.run().stream()
                .filter(run -> run.state() == RunState.ACTIVE)
                .map(run -> new ActiveRun(run.step(), run.startedAt(), row.overdue(clock.instant()))));
    }

    /** Number of subscribers to the events of this instance. */
    public int subscribers() {
        return subscribers.count();
    }

    private Router routes(Supplier<String> metrics) {
        return new Router()
                .get("/", request -> page.response())
                .get("/offers", index::page)
                .get("/offers/{publisher}/{offer}", request ->
                        atOwner(request, offer -> tagged(offer, OfferJson.of(offer, clock.instant()))))
                .get("/offers/{publisher}/{offer}/draft", request -> content(request, ContentView.DRAFT))
                .get("/offers/{publisher}/{offer}/preview", request -> content(request, ContentView.PREVIEW))
                .get("/offers/{publisher}/{offer}/live", request -> content(request, ContentView.LIVE))
                .get("/offers/{publisher}/{offer}/compare", this::compare)
                .get("/offers/{publisher}/{offer}/entitlements/{plan}/{customer}", this::entitlement)
                .get("/offers/{publisher}/{offer}/plans/{plan}/audience", this::audience)
                .get("/offers/{publisher}/{offer}/history", request -> components().history().of(key(request), request))
                .get("/history", request -> components().activity().of(request))
                .get("/events", subscribers::serve)
                .get("/health/live", request -> health().liveness())
                .get("/health/ready", request -> health().readiness())
                .get("/metrics", request -> ApiResponse.text("text/plain; version=0.0.4; charset=utf-8", metrics.get()))
                .get("/openapi.yaml", request -> resource("openapi.yaml", "application/yaml"));
    }

    private HealthReport health() {
        return components.map(all -> all.sources().health().get()).orElseGet(HealthReport::starting);
    }

    private ApiResponse content(ApiRequest request, ContentView view) {
        request.allowParameters();
        return atOwner(request, offer -> view.of(offer).map(snapshot -> ContentJson.of(offer, snapshot))
                .map(content -> view == ContentView.DRAFT ? tagged(offer, content) : ApiResponse.json(content))
                .orElseThrow(() -> HttpError.notFound("VIEW_NOT_FOUND", "Offer %s has no %s content now.",
                        offer.key(), view.label())));
    }

    /** With the draft version as entity tag: the value for the If-Match of a command. */
    private static ApiResponse tagged(OfferState offer, ObjectNode json) {
        return ApiResponse.json(json).withHeader("ETag", "\"%d\"".formatted(offer.header().revision()));
    }

    private ApiResponse compare(ApiRequest request) {
        request.allowParameters("from", "to");
        ContentView from = ContentView.labelled(request.oneOf("from", "live", ContentView.labels()));
        ContentView to = ContentView.labelled(request.oneOf("to", "draft", ContentView.labels()));
        return atOwner(request, offer -> {
            Optional<ObjectNode> before = from.of(offer).map(snapshot -> ContentJson.content(offer, snapshot));
            Optional<ObjectNode> after = to.of(offer).map(snapshot -> ContentJson.content(offer, snapshot));
            ObjectNode node = Json.object().put("publisherId", offer.key().publisherId())
                    .put("offerId", offer.key().offerId()).put("from", from.label()).put("to", to.label())
                    .put("fromExists", before.isPresent()).put("toExists", after.isPresent());
            return ApiResponse.json(node.setAll(
                    ContentDiff.of(before.orElseGet(Json::object), after.orElseGet(Json::object))));
        });
    }

    /** The saved private audience of a plan, as a file that can be imported again (D29). */
    private ApiResponse audience(ApiRequest request) {
        request.allowParameters();
        String plan = request.path("plan");
        return atOwner(request, offer -> {
            AudienceRevision saved = Optional.of(plan).filter(offer::hasPlan).flatMap(offer::savedAudience)
                    .orElseThrow(() -> HttpError.notFound("AUDIENCE_NOT_FOUND", "Plan %s of offer %s has no audience.",
                            ApiRequest.shortened(plan), offer.key()));
            Components all = components();
            return csv(all.reader().members(offer.key(), plan, saved, all.owners().of(offer.key()).partition()));
        });
    }

    private static ApiResponse csv(SortedMap<String, AudienceMemberRow> members) {
        try {
            return ApiResponse.text("text/csv; charset=utf-8", AudienceCsv.text(members.entrySet().stream()
                    .map(member -> new AudienceFileRow(0, member.getKey(),
                            member.getValue().type() == AudienceType.TENANT ? RowKind.TENANT : RowKind.SUBSCRIPTION,
                            member.getValue().label())).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException("a text cannot be written", e);
        }
    }

    /** Customers keep what they have when the offer leaves the portal (B3). */
    private ApiResponse entitlement(ApiRequest request) {
        request.allowParameters();
        String plan = request.path("plan");
        String customer = request.path("customer");
        if (!PLAN_ID.matcher(plan).matches() || !GUID.matcher(customer).matches()) {
            throw HttpError.badRequest("Expected …/entitlements/planId/customerId with the id of a plan and a GUID in "
                    + "lower case, but met \"%s/%s\".", ApiRequest.shortened(plan), ApiRequest.shortened(customer));
        }
        return atOwner(request, header -> header.exists() || header.everLive(),
                offer -> ApiResponse.json(EntitlementJson.of(offer, plan, customer)));
    }

    private ApiResponse atOwner(ApiRequest request, Function<OfferState, ApiResponse> answer) {
        return atOwner(request, OfferHeader::exists, answer);
    }

    /** Answers from the state of an offer, on this instance if it owns the offer, else by forwarding the request. */
    private ApiResponse atOwner(ApiRequest request, Predicate<OfferHeader> filter,
            Function<OfferState, ApiResponse> answer) {
        OfferKey key = key(request);
        Components all = components();
        OwnerLocator.OwnerLocation location = all.owners().of(key);
        if (location.local()) {
            return all.reader().read(key, location.partition(), filter, answer).orElseThrow(() ->
                    HttpError.notFound("OFFER_NOT_FOUND", "There is no offer %s.", key));
        }
        if (OwnerProxy.isForwarded(request)) {
            throw HttpError.unavailable("REBALANCING", 1, "Offer %s is on its way to another instance.", key);
        }
        return proxy.forward(location.host(), request);
    }

    private static OfferKey key(ApiRequest request) {
        String publisher = request.path("publisher");
        String offer = request.path("offer");
        return OfferKey.parse(publisher + "/" + offer)
                .filter(key -> key.publisherId().equals(publisher) && OFFER_ID.matcher(offer).matches())
                .orElseThrow(() -> HttpError.badRequest("Expected /offers/publisherId/offerId with ids of 1 to 50 "
                        + "lower-case letters, digits, _ and -, but met \"%s/%s\".", ApiRequest.shortened(publisher),
                        ApiRequest.shortened(offer)));
    }

    private Components components() {
        return components.orElseThrow(() -> HttpError.unavailable("STARTING", 2, "The service is starting."));
    }

    private static ApiResponse resource(String name, String contentType) {
        try (InputStream in = QueryServer.class.getResourceAsStream("/web/" + name)) {
            if (in == null) {
                throw HttpError.notFound("NOT_FOUND", "This build comes without %s.", name);
            }
            return ApiResponse.bytes(200, contentType, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    @Override
    public void close() {
        subscribers.close();
        http.close();
        components.ifPresent(all -> all.feed().close());
        proxy.close();
    }
}
