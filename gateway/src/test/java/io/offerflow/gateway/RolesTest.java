package io.offerflow.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.offerflow.contract.Topic;
import io.offerflow.gateway.Client.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every role with every resource: what it may do, and what it may not. */
@ExtendWith(Marketplace.class)
class RolesTest {

    private static final String CREATE = "{\"offerType\": \"SAAS\", \"alias\": \"Shift planner\"}";
    private static final String CUSTOMER = "0b1c2d3e-0000-4000-8000-00000000000f";
    private static final List<String> ROLES =
            List.of("publisher", "validator", "commerce", "support", "status-reader", "replayer");
    private static IdentityProvider provider;
    private static Gateway gateway;
    private static Client anyone;
    private static String own;
    private static String foreign;

    @BeforeAll
    static void start() {
        provider = new IdentityProvider();
        gateway = Marketplace.gateway(provider.settings());
        anyone = new Client(gateway);
        own = "contoso/" + UUID.randomUUID().toString().substring(0, 8);
        foreign = "fabrikam/" + UUID.randomUUID().toString().substring(0, 8);
        for (String offer : List.of(own, foreign)) {
            assertThat(as("*", "publisher").command(offer, "CreateOffer", CREATE).status()).isEqualTo(201);
            await().until(() -> as("*", "status-reader").get("/offers?publisher=" + offer.split("/")[0]).body()
                    .path("total").asInt() > 0);
        }
    }

    @AfterAll
    static void stop() {
        gateway.close();
        provider.close();
    }

    private static Client as(String publisher, String... roles) {
        return anyone.as(provider.token("ada", List.of(publisher), roles));
    }

    /** One command of each topic, with the role that may send it. */
    private static final Map<String, String> SENDERS = Map.of("SubmitOffer", "publisher", "ReportStepSucceeded",
            "validator", "DownloadOffer", "commerce", "TakeRemovalRequest", "support");
    private static final Map<String, String> BODIES = Map.of("SubmitOffer", "", "ReportStepSucceeded",
            "{\"submission\": 1, \"step\": \"CERTIFICATION\"}", "DownloadOffer",
            "{\"customerId\": \"%s\", \"planId\": \"p\"}".formatted(CUSTOMER),
            "TakeRemovalRequest", "{\"request\": 1}");

    @Test
    void eachCommandIsForTheWritersOfItsTopicOnly() {
        assertThat(SENDERS).hasSameSizeAs(Topic.inputs());
        List<String> wrong = new ArrayList<>();
        SENDERS.forEach((command, sender) -> ROLES.forEach(role -> {
            Reply reply = as("contoso", role).command(own, command, BODIES.get(command));
            boolean decided = reply.body().has("commandId");
            if (decided != role.equals(sender) || !decided && reply.status() != 403) {
                wrong.add("%s by %s: %d %s".formatted(command, role, reply.status(), reply.body()));
            }
        }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void anOutcomeIsForThoseWhoMaySendTheCommand() {
        SENDERS.forEach((command, sender) -> {
            String location = as("contoso", sender).command(own, command, BODIES.get(command)).text("location");
            ROLES.forEach(role -> assertThat(as("contoso", role).get(location).status()).as("%s of %s", role, command)
                    .isEqualTo(role.equals(sender) ? 200 : 403));
        });
        String location = as("fabrikam", "publisher").command(foreign, "SubmitOffer", "").text("location");
        assertThat(as("contoso", "publisher").get(location).status()).isEqualTo(404);
        assertThat(as("contoso", "publisher").get(location.replace(foreign, own)).status()).isEqualTo(404);
    }

    @Test
    void recipientsAreForTheirPublisherAndWebhooksForSupport() {
        String addresses = "{\"addresses\": [\"ann@contoso.example\"]}";
        ROLES.forEach(role -> {
            Client caller = as("contoso", role);
            assertThat(caller.send("PUT", "/publishers/contoso/recipients", addresses).status()).as(role)
                    .isEqualTo(List.of("publisher", "support").contains(role) ? 200 : 403);
            assertThat(caller.get("/subscriptions").status()).as(role).isEqualTo(role.equals("support") ? 200 : 403);
            assertThat(caller.send("PUT", "/subscriptions/s", "{}").status()).as(role)
                    .isEqualTo(role.equals("support") ? 422 : 403);
        });
        assertThat(as("contoso", "publisher").send("PUT", "/publishers/fabrikam/recipients", addresses).status())
                .isEqualTo(404);
    }

    @Test
    void aPublisherTouchesItsOwnOffersOnlyAndFindsNoOthers() {
        Client publisher = anyone.as(provider.token("mallory", List.of("contoso"), "publisher"));
        Reply touched = publisher.command(foreign, "SubmitOffer", "");
        Reply unknown = publisher.command("fabrikam/never-there", "SubmitOffer", "");
        assertThat(touched.status()).isEqualTo(unknown.status()).isEqualTo(404);
        assertThat(touched.body().toString().replace(foreign, "X"))
                .isEqualTo(unknown.body().toString().replace("fabrikam/never-there", "X"));
        assertThat(publisher.send("PUT", "/offers/" + foreign + "/plans/p/audience", "ID\n", "Content-Type", "text/csv")
                .status()).isEqualTo(404);
        assertThat(as("*", "status-reader").get("/offers/" + foreign + "/history").body().path("entries"))
                .noneMatch(entry -> entry.path("actor").asText().equals("mallory"));
    }

    @Test
    void theActorIsFromTheTokenAndNeverFromTheBody() {
        Reply forged = as("contoso", "publisher").command(own, "SubmitOffer", "{\"actor\": \"eve\"}");
        assertThat(forged.status()).isEqualTo(422);
        as("contoso", "publisher").command(own, "CancelPublish", "");
        assertThat(as("contoso", "publisher").get("/offers/" + own + "/history").body().at("/entries/0/actor").asText())
                .isEqualTo("ada");
    }

    @Test
    void aPublisherReadsTheHistoryAndAudiencesOfItsOwnOffersOnly() {
        Client publisher = as("contoso", "publisher");
        assertThat(publisher.get("/history").body().path("entries")).isNotEmpty()
                .allMatch(entry -> entry.path("publisherId").asText().equals("contoso"));
        assertThat(publisher.get("/history?publisher=fabrikam").body().path("entries")).isEmpty();
        assertThat(as("*", "status-reader").get("/history?publisher=fabrikam").body().path("entries")).isNotEmpty();
        for (String role : ROLES) {
            boolean commerce = role.equals("commerce");
            Reply ownAudience = as("contoso", role).get("/offers/" + own + "/plans/p/audience");
            assertThat(ownAudience.text("reason")).as(role)
                    .isEqualTo(commerce || role.equals("publisher") ? "AUDIENCE_NOT_FOUND" : "FORBIDDEN");
            assertThat(as("contoso", role).get("/offers/" + foreign + "/plans/p/audience").text("reason")).as(role)
                    .isEqualTo(commerce ? "AUDIENCE_NOT_FOUND"
                            : role.equals("publisher") ? "OFFER_NOT_FOUND" : "FORBIDDEN");
        }
    }

    @Test
    void readsAreForStatusReadersCommerceAndPublishersOfTheirOwn() {
        Set<String> all = Set.of("status-reader", "commerce");
        for (String path : List.of("", "/draft", "/history")) {
            for (String role : ROLES) {
                int own = as("contoso", role).get("/offers/" + RolesTest.own + path).status();
                int others = as("contoso", role).get("/offers/" + foreign + path).status();
                assertThat(own).as("%s of its own %s", role, path)
                        .isEqualTo(all.contains(role) || role.equals("publisher") ? 200 : 403);
                assertThat(others).as("%s of others %s", role, path)
                        .isEqualTo(all.contains(role) ? 200 : role.equals("publisher") ? 404 : 403);
            }
        }
        for (String role : ROLES) {
            assertThat(as("contoso", role).get("/offers/" + own + "/entitlements/p/" + CUSTOMER).status()).as(role)
                    .isEqualTo(role.equals("commerce") ? 200 : 403);
        }
    }

    @Test
    void mailsAndReportsAreForSupport() {
        List.of("/mails", "/reports", "/reports/next").forEach(path -> ROLES.forEach(role ->
                assertThat(as("contoso", role).get(path).status()).as("%s by %s", path, role)
                        .isEqualTo(role.equals("support") ? 404 : 403))); // there is no folder of them here
    }

    @Test
    void quarantineIsForItsReadersAndPutBackBySupport() {
        ROLES.forEach(role -> {
            Client caller = as("contoso", role);
            boolean reader = List.of("support", "replayer").contains(role);
            assertThat(caller.get("/quarantine").status()).as(role).isEqualTo(reader ? 200 : 403);
            for (String path : List.of("/quarantine/9-9", "/quarantine/9-9/outcomes/offer-commands-0-0-0")) {
                assertThat(caller.get(path).status()).as("%s by %s", path, role).isEqualTo(reader ? 404 : 403);
            }
            assertThat(caller.send("POST", "/quarantine/9-9/retry", "").status()).as(role)
                    .isEqualTo(role.equals("support") ? 404 : 403);
            assertThat(caller.get("/me").body().path("quarantine").asBoolean()).as(role).isEqualTo(reader);
        });
    }

    @Test
    void listsHaveOnlyWhatTheCallerMayRead() {
        for (String list : List.of("/offers?size=200", "/%6fffers?size=200", "/offers/?size=200",
                "/offers?size=200&publisher=contoso,fabrikam")) {
            assertThat(as("contoso", "publisher").get(list).body().path("offers")).as(list).isNotEmpty()
                    .allMatch(offer -> offer.path("publisherId").asText().equals("contoso"));
        }
        assertThat(as("contoso", "publisher").get("/offers?publisher=fabrikam").body().path("total").asInt()).isZero();
        assertThat(as("contoso", "status-reader").get("/offers?size=200").body().path("offers"))
                .anyMatch(offer -> offer.path("publisherId").asText().equals("fabrikam"));
        for (String role : List.of("validator", "support", "replayer")) {
            assertThat(as("contoso", role).get("/offers").status()).as(role).isEqualTo(403);
            assertThat(as("contoso", role).get("/events").status()).as(role).isEqualTo(403);
        }
        assertThat(as("nobody-at-all", "publisher").get("/offers").body().path("total").asInt()).isZero();
    }

    @Test
    void withoutAValidTokenNothingIsAnswered() {
        for (String path : List.of("/offers", "/offers/" + own, "/events", "/me", "/nowhere")) {
            assertThat(anyone.get(path).status()).as(path).isEqualTo(401);
            assertThat(anyone.get(path).header("WWW-Authenticate")).contains("Bearer");
        }
        assertThat(anyone.command(own, "SubmitOffer", "").status()).isEqualTo(401);
        for (String token : List.of("not.a.token", provider.foreignToken(),
                provider.token("ada", "billing", 600, Map.of("roles", "publisher")),
                provider.token("ada", IdentityProvider.AUDIENCE, -120, Map.of("roles", "publisher")))) {
            Reply reply = anyone.as(token).command(own, "SubmitOffer", "");
            assertThat(reply.status()).as("%s", reply.body()).isEqualTo(401);
            assertThat(reply.body().toString()).doesNotContain(token);
        }
        assertThat(anyone.get("/health/ready").status()).isEqualTo(200);
        assertThat(anyone.get("/").status()).isEqualTo(200);
    }

    @Test
    void aCallerSeesWhoItIs() {
        assertThat(as("contoso", "publisher", "status-reader").get("/me").body()).hasToString(
                "{\"name\":\"ada\",\"roles\":[\"publisher\",\"status-reader\"],\"publishers\":[\"contoso\"],"
                        + "\"mails\":false,\"reports\":false,\"quarantine\":false}");
    }
}
