package io.offerflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.avro.AcquirePlan;
import io.offerflow.avro.AddAudienceId;
import io.offerflow.avro.CreatePlan;
import io.offerflow.avro.CustomerRequest;
import io.offerflow.avro.RequestRemoval;
import io.offerflow.avro.StopSellingPlan;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.query.ClusterFixture.Reply;
import io.offerflow.runtime.OfferService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two instances on a real broker: either answers for both. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QueryClusterTest {

    private static final OfferKey LIVE = new OfferKey("contoso", "shift-planner");
    private static final OfferKey REFUSED = new OfferKey("contoso", "tide-tables");
    private static final OfferKey SOLD = new OfferKey("contoso", "quay-crane");
    private static final String CUSTOMER = "0b1c2d3e-0000-4000-8000-00000000000f";

    @TempDir
    private static Path directory;
    private static ClusterFixture cluster;
    private static OfferService one;
    private static OfferService two;

    @BeforeAll
    static void startTwoInstances() throws InterruptedException {
        cluster = new ClusterFixture(directory);
        one = cluster.instance("one");
        two = cluster.instance("two");
        await().atMost(Duration.ofSeconds(30)).until(() -> one.health().ready() && two.health().ready()
                && ownsSomething(one) && ownsSomething(two));
        publish();
        awaitStatus(LIVE, "LIVE");
        awaitStatus(REFUSED, "DRAFT");
        finishPlans();
    }

    private static boolean ownsSomething(OfferService instance) {
        return instance.streams().metadataForLocalThreads().stream()
                .anyMatch(thread -> !thread.activeTasks().isEmpty());
    }

    /** One offer that went live and was edited since, one whose submit was refused, and some drafts. */
    private static void publish() {
        cluster.send(Envelopes.create(LIVE), LIVE);
        Contents.listingOnly().forEach(content -> cluster.send(Envelopes.save(LIVE, content), LIVE));
        cluster.send(Envelopes.submit(LIVE), LIVE);
        cluster.send(Envelopes.create(REFUSED), REFUSED);
        cluster.send(Envelopes.submit(REFUSED), REFUSED);
        sellPlans();
        cluster.offers("fabrikam", 30).forEach(offer -> cluster.send(Envelopes.create(offer), offer));
        cluster.flush();
    }

    /** One offer with a public and a private plan on sale; a customer has the public one, and its stop is pending. */
    private static void sellPlans() {
        cluster.send(Envelopes.create(SOLD), SOLD);
        Contents.transactable().forEach(content -> cluster.send(Envelopes.save(SOLD, content), SOLD));
        cluster.send(Envelopes.command(SOLD, new CreatePlan("basic", Contents.plan("Basic", "PUBLIC"))), SOLD);
        cluster.send(Envelopes.command(SOLD, new CreatePlan("closed", Contents.plan("Closed", "PRIVATE"))), SOLD);
        cluster.send(Envelopes.command(SOLD, new AddAudienceId("closed", CUSTOMER, "TENANT", null)), SOLD);
        cluster.send(Envelopes.submit(SOLD), SOLD);
    }

    /** Leads the offer with plans to where it is on sale; the pipeline answers on a topic of its own. */
    private static void finishPlans() {
        for (String step : List.of("PURCHASE_FLOW", "LEAD_MANAGEMENT", "CERTIFICATION", "PREVIEW_CREATION",
                "PUBLISHER_SIGN_OFF", "PUBLISH_PURCHASE_FLOW", "PUBLISH_LEAD_MANAGEMENT", "FINAL_PUBLISH")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> cluster.get(one, "/offers/" + SOLD).body()
                    .path("pending").path(0).path("step").asText().equals(step));
            cluster.send(step.equals("PUBLISHER_SIGN_OFF") ? Envelopes.goLive(SOLD)
                    : Envelopes.succeeded(SOLD, 1, step), SOLD);
            cluster.flush();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> cluster.get(one, "/offers/" + SOLD).body()
                .path("status").asText().equals("LIVE"));
        cluster.send(new CustomerRequest(Envelopes.nextId(), SOLD.publisherId(), SOLD.offerId(), "commerce",
                Instant.EPOCH, false, new AcquirePlan(CUSTOMER, "basic")), SOLD);
        cluster.flush();
        await().atMost(Duration.ofSeconds(30)).until(() -> entitlement("basic").path("standing").asText()
                .equals("ACTIVE"));
        cluster.send(Envelopes.command(SOLD, new StopSellingPlan("basic", null, true)), SOLD);
        cluster.send(Envelopes.command(SOLD, new RequestRemoval("SAAS", "REMOVE_A_PUBLISHED_OFFER", null)), SOLD);
        cluster.flush();
        await().atMost(Duration.ofSeconds(30)).until(() -> cluster.get(one, "/offers/" + SOLD).body()
                .path("removal").isObject());
    }

    private static JsonNode entitlement(String planId) {
        return cluster.get(two, "/offers/%s/entitlements/%s/%s".formatted(SOLD, planId, CUSTOMER)).body();
    }

    private static void awaitStatus(OfferKey offer, String status) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            Reply reply = cluster.get(one, "/offers/" + offer);
            if (offer.equals(LIVE) && reply.status() == 200) {
                drive(reply.body());
            }
            return reply.status() == 200 && reply.body().path("status").asText().equals(status);
        });
        if (offer.equals(LIVE)) {
            cluster.send(Envelopes.save(LIVE, Contents.listing("Shift planner 2")), LIVE);
            cluster.flush();
            await().atMost(Duration.ofSeconds(15)).until(() ->
                    cluster.get(one, "/offers/" + LIVE).body().path("draftVersion").asLong() == 6);
        }
    }

    private static String driven = "";

    /** Does the pipeline's part, each step once. */
    private static void drive(JsonNode offer) {
        JsonNode pending = offer.path("pending").path(0);
        String step = pending.path("step").asText("");
        if (!step.equals(driven) && offer.path("run").path("state").asText().equals("ACTIVE")) {
            driven = step;
            cluster.send(step.equals("PUBLISHER_SIGN_OFF") ? Envelopes.goLive(LIVE)
                    : Envelopes.succeeded(LIVE, 1, step), LIVE);
            cluster.flush();
        }
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        cluster.close();
    }

    @Test
    @Order(1)
    void eitherInstanceAnswersForEveryOffer() {
        List<OfferKey> offers = new ArrayList<>(cluster.offers("fabrikam", 30));
        offers.add(LIVE);
        for (OfferKey offer : offers) {
            Reply here = cluster.get(one, "/offers/" + offer);
            Reply there = cluster.get(two, "/offers/" + offer);
            assertThat(here.status()).as("%s: %s", offer, here.body()).isEqualTo(200);
            assertThat(there.body()).isEqualTo(here.body());
            assertThat(here.body().path("offerId").asText()).isEqualTo(offer.offerId());
        }
    }

    @Test
    @Order(2)
    void anOfferIsShownWithItsSectionsRunAndViews() {
        JsonNode offer = cluster.get(two, "/offers/" + LIVE).body();

        assertThat(offer.path("sections")).hasSize(7);
        assertThat(offer.path("run").path("state").asText()).isEqualTo("WENT_LIVE");
        assertThat(offer.path("live").path("version").asLong()).isEqualTo(1);
        assertThat(offer.path("views")).hasToString("{\"draft\":true,\"preview\":false,\"live\":true}");
        assertThat(offer.path("pending")).isEmpty();
    }

    @Test
    @Order(3)
    void draftAndLiveAreComparedFieldByField() {
        JsonNode comparison = cluster.get(one, "/offers/" + LIVE + "/compare?from=live&to=draft").body();

        assertThat(comparison.path("edited")).hasToString(
                "[{\"path\":\"OFFER_LISTING.name\",\"from\":\"Shift planner\",\"to\":\"Shift planner 2\"}]");
        assertThat(comparison.path("added")).isEmpty();
        assertThat(comparison.path("removed")).isEmpty();
        assertThat(comparison.path("equal").asBoolean()).isFalse();
        assertThat(cluster.get(two, "/offers/" + LIVE + "/live").body().at("/sections/OFFER_LISTING/name").asText())
                .isEqualTo("Shift planner");
        assertThat(cluster.get(two, "/offers/" + LIVE + "/draft").body().at("/sections/OFFER_LISTING/name").asText())
                .isEqualTo("Shift planner 2");
        assertThat(cluster.get(two, "/offers/" + LIVE + "/preview").status()).isEqualTo(404);
    }

    @Test
    @Order(4)
    void theHistoryTellsWhoAskedWhatAndWhatBecameOfIt() {
        JsonNode history = cluster.get(two, "/offers/" + REFUSED + "/history").body();

        JsonNode refused = history.path("entries").get(0);
        assertThat(refused.path("command").asText()).isEqualTo("SubmitOffer");
        assertThat(refused.path("actor").asText()).isEqualTo("partner-portal");
        assertThat(refused.path("result").asText()).isEqualTo("REJECTED");
        assertThat(refused.path("reason").asText()).isEqualTo("SECTIONS_INCOMPLETE");
        assertThat(refused.path("problems")).isNotEmpty();
        JsonNode created = history.path("entries").get(1);
        assertThat(created.at("/events/0/type").asText()).isEqualTo("OfferCreated");
        assertThat(history.path("next").isNull()).isTrue();
    }

    @Test
    @Order(5)
    void aLongHistoryIsReadPageByPageToItsBeginning() {
        List<Long> sequences = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = cluster.get(one, "/offers/" + LIVE + "/history?limit=3" + next).body();
            page.path("entries").forEach(entry -> sequences.add(entry.path("sequence").asLong()));
            next = page.path("next").isNull() ? "" : "&before=" + page.path("next").asLong();
        } while (!next.isEmpty());

        assertThat(sequences).isEqualTo(IntStream.rangeClosed(1, sequences.size())
                .mapToObj(number -> (long) sequences.size() + 1 - number).toList()).hasSizeGreaterThan(9);
    }

    @Test
    @Order(5)
    void theHistoryOfAllOffersHasEachEntryOnce() {
        List<String> entries = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = cluster.get(two, "/history?limit=7" + next).body();
            page.path("entries").forEach(entry -> entries.add(entry.path("publisherId").asText() + "/"
                    + entry.path("offerId").asText() + " " + entry.at("/entry/offset")));
            next = page.path("next").isNull() ? "" : "&before=" + page.path("next").asText();
        } while (!next.isEmpty());

        assertThat(entries).doesNotHaveDuplicates().hasSizeGreaterThan(40);
        assertThat(entries.stream().filter(entry -> entry.startsWith(LIVE + " ")).count()).isEqualTo(
                cluster.get(one, "/offers/" + LIVE + "/history?limit=200").body().path("entries").size());
        JsonNode refused = cluster.get(one, "/history?publisher=%s&command=SubmitOffer&result=REJECTED".formatted(
                REFUSED.publisherId())).body().path("entries");
        assertThat(refused).isNotEmpty().allSatisfy(entry ->
                assertThat(entry.at("/entry/reason").asText()).isNotEmpty());
        assertThat(cluster.get(one, "/history?before=1").status()).isEqualTo(400);
    }

    @Test
    @Order(6)
    void theListIsWholeFilteredAndPagedAtEitherInstance() {
        for (OfferService instance : List.of(one, two)) {
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() ->
                    assertThat(cluster.get(instance, "/offers").body().path("total").asInt()).isEqualTo(33));
            JsonNode drafts = cluster.get(instance, "/offers?publisher=fabrikam&status=DRAFT&size=20&page=2").body();
            assertThat(drafts.path("offers")).hasSize(10);
            assertThat(drafts.path("pages").asInt()).isEqualTo(2);
            assertThat(drafts.path("byStatus").path("DRAFT").asInt()).isEqualTo(30);
            assertThat(cluster.get(instance, "/offers?q=SHIFT").body().path("total").asInt()).isEqualTo(1);
            JsonNode beyond = cluster.get(instance, "/offers?page=99").body();
            assertThat(beyond.path("offers")).isEmpty();
            assertThat(beyond.path("beyondEnd").asBoolean()).isTrue();
        }
    }

    @Test
    @Order(7)
    void plansAreShownWithTheirAudienceAndWhatIsPending() {
        JsonNode offer = cluster.get(one, "/offers/" + SOLD).body();
        assertThat(offer.at("/plans/0/state").asText()).isEqualTo("STOP_SELL_PENDING");
        assertThat(offer.at("/plans/1/liveAudience/tenants").asInt()).isEqualTo(1);
        assertThat(offer.at("/plans/1/audienceState").asText()).isEqualTo("IN_SYNC");
        assertThat(offer.at("/pending/0/what").asText()).isEqualTo("PLAN_SELLING_STOPS");
        assertThat(offer.at("/pending/0/planId").asText()).isEqualTo("basic");
        for (OfferService instance : List.of(one, two)) {
            JsonNode scheduled = cluster.get(instance, "/offers?scheduled=true&sort=scheduled").body().path("offers");
            assertThat(scheduled).hasSize(1);
            assertThat(scheduled.at("/0/scheduled/0/what").asText()).isEqualTo("PLAN_SELLING_STOPS");
            assertThat(scheduled.at("/0/scheduled/0/at")).isEqualTo(offer.at("/pending/0/at"));
        }
        assertThat(offer.at("/removal/state").asText()).isEqualTo("SUBMITTED");
    }

    @Test
    @Order(7)
    void whatACustomerHasOfAPlanIsAsked() {
        assertThat(entitlement("basic").path("version").asLong()).isEqualTo(1);
        assertThat(entitlement("closed").path("standing").asText()).isEqualTo("NONE");
        assertThat(entitlement("closed").path("mayAcquire").asBoolean()).isTrue();
        assertThat(entitlement("never-heard-of").path("mayAcquire").asBoolean()).isFalse();
        int port = one.httpPort().orElseThrow();
        assertError(cluster.ask(port, "GET",
                "/offers/%s/entitlements/basic/%s".formatted(SOLD, CUSTOMER.toUpperCase(Locale.ROOT))),
                400, "BAD_REQUEST", "GUID");
    }

    @Test
    @Order(7)
    void badQuestionsAreAnsweredInASentence() {
        int port = one.httpPort().orElseThrow();
        assertError(cluster.ask(port, "GET", "/offers/CONTOSO/x"), 400, "BAD_REQUEST", "lower-case");
        assertError(cluster.ask(port, "GET", "/offers/contoso/a%2Fb"), 400, "BAD_REQUEST", "a/b");
        assertError(cluster.ask(port, "GET", "/offers/contoso/nothing"), 404, "OFFER_NOT_FOUND", "contoso/nothing");
        assertError(cluster.ask(port, "GET", "/offers?page=0"), 400, "BAD_REQUEST", "page");
        assertError(cluster.ask(port, "GET", "/offers?stauts=LIVE"), 400, "BAD_REQUEST", "stauts");
        assertError(cluster.ask(port, "GET", "/offers?status=SOLD"), 400, "BAD_REQUEST", "NOT_SOLD");
        assertError(cluster.ask(port, "GET", "/nowhere"), 404, "NOT_FOUND", "/nowhere");
        assertError(cluster.ask(port, "POST", "/offers"), 405, "METHOD_NOT_ALLOWED", "POST");
    }

    private static void assertError(Reply reply, int status, String code, String word) {
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(status);
        assertThat(reply.body().path("reason").asText()).isEqualTo(code);
        assertThat(reply.body().path("detail").asText()).contains(word);
    }

    @Test
    @Order(8)
    void thoseWhoFollowSeeEachChangeAndAreForgottenWhenTheyLeave() throws IOException {
        OfferKey born = new OfferKey("contoso", "born-while-watched");
        int port = two.httpPort().orElseThrow();
        try (BufferedReader stream = new BufferedReader(new InputStreamReader(URI.create(
                "http://127.0.0.1:%d/events?publisher=contoso".formatted(port)).toURL().openStream(),
                StandardCharsets.UTF_8))) {
            assertThat(stream.readLine()).isEqualTo("event: hello");
            cluster.send(Envelopes.create(born), born);
            cluster.flush();
            String line = stream.readLine();
            while (!line.startsWith("data: {\"publisherId\"")) {
                line = stream.readLine();
            }
            assertThat(line).contains("born-while-watched").contains("DRAFT");
            assertThat(metric(two, "offerflow_event_stream_clients")).isEqualTo(1);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> metric(two, "offerflow_event_stream_clients") == 0);
    }

    @Test
    @Order(9)
    void theMetricsCountWhatWasDecided() {
        String created = "offerflow_inputs_total{command=\"CreateOffer\",reason=\"none\",result=\"ACCEPTED\"}";
        assertThat(metric(one, created) + metric(two, created)).isGreaterThanOrEqualTo(33);
        assertThat(metric(one, "offerflow_ready")).isEqualTo(1);
        assertThat(metric(one, "offerflow_stalled_partitions")).isZero();
        assertThat(cluster.get(one, "/health/ready").status()).isEqualTo(200);
        assertThat(cluster.get(one, "/health/live").status()).isEqualTo(200);
    }

    private static double metric(OfferService instance, String name) {
        String text = new String(cluster.get(instance, "/metrics").raw().body(), StandardCharsets.UTF_8);
        return text.lines().filter(line -> line.startsWith(name + " ")).findFirst()
                .map(line -> Double.parseDouble(line.substring(name.length() + 1))).orElse(0.0);
    }

    @Test
    @Order(10)
    void everyPathOfTheOpenApiDocumentAnswersAsItSays() {
        int port = two.httpPort().orElseThrow();
        assertThat(new OpenApiCheck(cluster, port).faults(LIVE, REFUSED, SOLD)).isEmpty();
    }
}
