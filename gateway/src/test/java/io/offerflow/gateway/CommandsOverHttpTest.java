package io.offerflow.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.offerflow.gateway.Client.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client without Kafka sends commands and gets their committed outcomes. */
@ExtendWith(Marketplace.class)
class CommandsOverHttpTest {

    private static final String CREATE = "{\"offerType\": \"SAAS\", \"alias\": \"Shift planner\"}";
    private static Gateway gateway;
    private static Gateway other;
    private static Client client;

    @BeforeAll
    static void start() {
        gateway = Marketplace.gateway(Map.of());
        other = Marketplace.gateway(Map.of());
        client = new Client(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        other.close();
    }

    @Test
    void anAcceptedCommandIsAnsweredWithItsCommittedOutcome() {
        String offer = offer();
        Reply created = client.command(offer, "CreateOffer", CREATE);

        assertThat(created.status()).as("%s", created.body()).isEqualTo(201);
        assertThat(created.header("Location")).contains("/offers/" + offer);
        assertThat(created.header("ETag")).contains("\"1\"");
        assertThat(created.header("Preference-Applied")).contains("wait=20");
        assertThat(created.header("Idempotency-Key")).contains(created.text("commandId"));
        assertThat(created.text("result")).isEqualTo("ACCEPTED");
        assertThat(created.body().path("repeated").asBoolean()).isFalse();
        assertThat(client.get("/offers/" + offer).header("ETag")).contains("\"1\"");
        assertThat(client.get("/offers/" + offer + "/draft").header("ETag")).contains("\"1\"");
        assertThat(client.get("/offers/" + offer + "/history").body().at("/entries/0/actor").asText())
                .isEqualTo("local-developer");
    }

    @Test
    void aRepeatWithTheSameKeyHasOneEffectAndTheSameAnswer() {
        String offer = offer();
        Reply first = client.command(offer, "CreateOffer", CREATE, "Idempotency-Key", "order 4711/a");
        client.command(offer, "CreatePlan", "{\"planId\": \"basic\", \"plan\": {\"name\": \"Basic\"}}");
        Reply again = new Client(other).command(offer, "CreateOffer", CREATE, "Idempotency-Key", "order 4711/a");

        assertThat(again.status()).isEqualTo(201).isEqualTo(first.status());
        assertThat(again.text("commandId")).isEqualTo(first.text("commandId"));
        assertThat(again.text("draftVersion")).isEqualTo("1");
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.body().path("repeated").asBoolean()).isTrue();
        assertThat(client.get("/offers/" + offer).text("draftVersion")).isEqualTo("2");
    }

    @Test
    void theSameKeyWithOtherContentIsRefused() {
        String offer = offer();
        client.command(offer, "CreateOffer", CREATE, "Idempotency-Key", "k1");
        Reply reused = client.command(offer, "CreateOffer", CREATE.replace("Shift", "Night"), "Idempotency-Key", "k1");

        assertProblem(reused, 422, "COMMAND_ID_REUSED", "content differs");
        assertThat(reused.body().at("/first/result").asText()).isEqualTo("ACCEPTED");
    }

    @Test
    void withoutWaitingTheStatusIsFoundByAnyGatewayAtAnyTime() {
        String offer = offer();
        Reply sent = client.post(offer, "CreateOffer", CREATE, "Idempotency-Key", UUID.randomUUID().toString());

        assertThat(sent.status()).isEqualTo(202);
        assertThat(sent.text("result")).isEqualTo("PENDING");
        String location = sent.header("Location").orElseThrow();
        assertThat(location).startsWith("/offers/" + offer + "/outcomes/offer-commands-");
        await().atMost(Duration.ofSeconds(10)).until(() -> client.get(location).status() == 200);
        try (Gateway late = Marketplace.gateway(Map.of())) {
            Reply found = new Client(late).get(location);
            assertThat(found.text("result")).isEqualTo("ACCEPTED");
            assertThat(found.text("commandId")).isEqualTo(sent.header("Idempotency-Key").orElseThrow());
            assertThat(found.text("location")).isEqualTo(location);
        }
        assertProblem(client.get(location.replace(offer, "contoso/another")), 404, "OUTCOME_NOT_FOUND",
                "of this offer");
        assertProblem(client.get(location.replaceFirst("-(\\d+)-(\\d+)$", "-99999-$2")), 404, "OUTCOME_NOT_FOUND",
                "99999");
        assertProblem(client.get("/offers/" + offer + "/outcomes/none"), 404, "OUTCOME_NOT_FOUND", "none");
    }

    @Test
    void aRefusalSaysReasonRuleAndProblemsByField() {
        String offer = offer();
        client.command(offer, "CreateOffer", CREATE);
        Reply refused = client.command(offer, "SubmitOffer", "", "Idempotency-Key", "submit");

        assertProblem(refused, 422, "SECTIONS_INCOMPLETE", "");
        assertThat(refused.text("rule")).matches("[A-Z]\\d+");
        assertThat(refused.body().path("problems")).isNotEmpty()
                .allMatch(problem -> problem.has("section") && problem.has("path") && problem.has("expected"));
        assertThat(client.get(refused.text("location")).text("result")).isEqualTo("REJECTED");
        assertProblem(client.command(offer, "SubmitOffer", "", "Idempotency-Key", "submit"), 422, "SECTIONS_INCOMPLETE",
                "sent before");
        assertProblem(client.command(offer, "CreateOffer", CREATE), 409, "OFFER_EXISTS", "");
        assertProblem(client.command("contoso/nothing", "SubmitOffer", ""), 404, "OFFER_NOT_FOUND", "");
    }

    @Test
    void ofTwoTabsTheSlowerOneIsToldBothVersions() {
        String offer = offer();
        String tag = client.command(offer, "CreateOffer", CREATE).header("ETag").orElseThrow();
        String plan = "{\"planId\": \"%s\", \"plan\": {}}";
        assertThat(client.command(offer, "CreatePlan", plan.formatted("one"), "If-Match", tag).status()).isEqualTo(200);
        Reply late = client.command(offer, "CreatePlan", plan.formatted("two"), "If-Match", tag);

        assertProblem(late, 409, "VERSION_CONFLICT", "Expected draft version 1, but it is 2");
        assertThat(late.text("expectedVersion")).isEqualTo("1");
        assertThat(late.text("draftVersion")).isEqualTo("2");
    }

    @Test
    void aDryRunDecidesWithoutEffect() {
        String offer = offer();
        Reply asked = client.send("POST", "/offers/%s/commands/CreateOffer?dryRun=true".formatted(offer), CREATE);

        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.body().path("validateOnly").asBoolean()).isTrue();
        assertThat(client.get("/offers/" + offer).status()).isEqualTo(404);
    }

    @Test
    void anAudienceIsReplacedByACsvFile() {
        String offer = offer();
        client.command(offer, "CreateOffer", CREATE);
        client.command(offer, "CreatePlan", "{\"planId\": \"closed\", \"plan\": {\"visibility\": \"PRIVATE\"}}");
        StringBuilder csv = new StringBuilder("ID,Description,Type\n");
        for (int i = 0; i < 1_201; i++) {
            csv.append(new UUID(0, i)).append(",customer ").append(i).append(",TenantID\n");
        }
        String path = "/offers/" + offer + "/plans/closed/audience";
        Reply unconfirmed = client.send("PUT", path, csv.toString(), "Content-Type", "text/csv", "Prefer", "wait=20");
        Reply done = client.send("PUT", path + "?confirmed=true", csv.toString(), "Content-Type", "text/csv", "Prefer",
                "wait=20", "Idempotency-Key", "audience-1");

        assertProblem(unconfirmed, 422, "CONFIRMATION_REQUIRED", "");
        assertThat(done.status()).as("%s", done.body()).isEqualTo(200);
        assertThat(client.get("/offers/" + offer).body().at("/plans/0/savedAudience/tenants").asInt()).isEqualTo(1_201);
        Reply wrong = client.send("PUT", path, "ID,Description,Type\nx,,Tenant\n", "Content-Type", "text/csv");
        assertProblem(wrong, 422, "CSV_INVALID", "Line 2");
        assertThat(wrong.body().path("lines")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "CreateOffer | {\"offerType\": | 400 | MALFORMED_JSON | ends",
        "CreateOffer | {\"offerType\": \"SAAS\", \"aliass\": \"x\"} | 422 | MALFORMED | did you mean \"alias\"?",
        "CreateOffer | {\"offerType\": 5, \"alias\": \"x\"} | 422 | MALFORMED | offerType: expected a text, but met 5",
        "CreateOffer | [] | 422 | MALFORMED | an object",
        "CreateOfer | {} | 404 | UNKNOWN_COMMAND | did you mean CreateOffer",
        "SaveSection | {\"section\": \"OFFER_SETUP\", \"content\": {\"OfferSetpu\": {}}} | 422 | MALFORMED | Setup"})
    void badContentIsNamedByPathAndExpectation(String command, String body, int status, String reason, String said) {
        assertProblem(client.command(offer(), command, body), status, reason, said);
    }

    @Test
    void requestsThatNoClientShouldSendAreNamed() {
        String offer = offer();
        assertProblem(client.post(offer, "CreateOffer", CREATE, "Content-Type", "text/plain"), 415,
                "UNSUPPORTED_MEDIA_TYPE", "application/json");
        assertProblem(client.post(offer, "CreateOffer", CREATE, "If-Match", "W/x"), 400, "BAD_REQUEST", "If-Match");
        assertProblem(client.post(offer, "CreateOffer", CREATE, "Idempotency-Key", "x".repeat(201)), 400, "BAD_REQUEST",
                "200");
        assertProblem(client.post("CONTOSO/x", "CreateOffer", CREATE), 400, "BAD_REQUEST", "lower-case");
        assertProblem(client.send("POST", "/offers/" + offer + "/commands/CreateOffer?dry=1", CREATE), 400,
                "BAD_REQUEST", "dryRun");
        assertProblem(client.send("DELETE", "/offers/" + offer, ""), 405, "METHOD_NOT_ALLOWED", "GET");
        assertProblem(client.get("/nowhere"), 404, "NOT_FOUND", "/openapi.yaml");
        assertProblem(client.get("/offers/" + offer), 404, "OFFER_NOT_FOUND", offer);
    }

    @Test
    void changesAreStreamedAsTheyHappen() throws IOException {
        try (BufferedReader events = new BufferedReader(new InputStreamReader(URI.create(
                "http://127.0.0.1:%d/events?publisher=contoso".formatted(gateway.port())).toURL().openStream(),
                StandardCharsets.UTF_8))) {
            assertThat(events.readLine()).isEqualTo("event: hello");
            String offer = offer();
            client.command(offer, "CreateOffer", CREATE);
            String line = events.readLine();
            while (!line.contains(offer.substring("contoso/".length()))) {
                line = events.readLine();
            }
            assertThat(line).startsWith("data: {").contains("DRAFT");
        }
    }

    private static String offer() {
        return "contoso/o-" + UUID.randomUUID().toString().substring(0, 13);
    }

    private static void assertProblem(Reply reply, int status, String reason, String said) {
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(reply.text("reason")).isEqualTo(reason);
        assertThat(reply.text("detail")).contains(said);
        assertThat(reply.body().path("status").asInt()).isEqualTo(status);
    }
}
