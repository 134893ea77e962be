package io.offerflow.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.gateway.Client.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Recipients, subscriptions and kept mails over HTTP, and metrics, on a broker. */
@ExtendWith(Marketplace.class)
class DirectoryOverHttpTest {

    @TempDir
    private static Path mails;
    @TempDir
    private static Path reports;
    private static Gateway gateway;
    private static Client client;

    @BeforeAll
    static void start() {
        gateway = Marketplace.gateway(Map.of("mail.folder", mails.toString(), "report.folder",
                reports.toString(), "operations.port", "0"));
        client = new Client(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void keptMailsAreShownNewestFirst() throws Exception {
        assertThat(client.get("/mails").body()).hasToString("{\"mails\":[]}");
        for (String day : List.of("11", "12")) {
            Files.writeString(mails.resolve("202603%s-090000-ann@contoso.example-1.eml".formatted(day)), """
                    Date: Thu, %s Mar 2026 09:00:00 +0000\r
                    To: ann@contoso.example\r
                    Subject: =?UTF-8?Q?Pr=C3=AAt?= %s\r
                    MIME-Version: 1.0\r
                    Content-Type: multipart/alternative; boundary=b\r
                    \r
                    --b\r
                    Content-Type: text/plain; charset=UTF-8\r
                    \r
                    <b>Texte</b>\r
                    --b\r
                    Content-Type: text/html\r
                    \r
                    <p>Text</p>\r
                    --b--\r
                    """.formatted(day, day));
        }
        Files.writeString(mails.resolve("20260313-090000-broken.eml"), "no mail");
        Reply reply = client.get("/mails");
        assertThat(reply.body().path("mails")).hasSize(2);
        assertThat(reply.body().at("/mails/0")).hasToString("{\"file\":\"20260312-090000-ann@contoso.example-1.eml\","
                + "\"sentAt\":\"2026-03-12T09:00:00Z\",\"to\":\"ann@contoso.example\",\"subject\":\"Prêt 12\","
                + "\"text\":\"<b>Texte</b>\"}");
        assertThat(client.get("/me").body().path("mails").asBoolean()).isTrue();
    }

    @Test
    void reportsOfWhatIfsAreListedAndShownAsTheyAre() throws Exception {
        assertThat(client.get("/reports").body()).hasToString("{\"reports\":[]}");
        String report = """
                {"mode":"each","settings":[],"judged":12,"total":0,"offers":0,"totals":{"ACCEPTED_THEN":0},\
                "differences":[],"divergences":[]}""";
        Files.writeString(reports.resolve("next.json"), report);
        Files.writeString(reports.resolve("half.json"), report.substring(0, 40));
        Files.writeString(reports.resolve("other.json"), "{\"judged\": 1}");
        Path outside = Files.writeString(reports.resolveSibling("secret.json"), report);
        assertThat(client.get("/reports").body().path("reports")).singleElement().satisfies(row -> {
            assertThat(row.path("name").asText()).isEqualTo("next");
            assertThat(row.path("judged").asInt()).isEqualTo(12);
        });
        assertThat(client.get("/reports/next").body()).hasToString(report);
        try {
            for (String name : List.of("half", "other", "none", "..%2Fsecret", "%2e%2e%2fsecret", "next.json")) {
                assertThat(client.get("/reports/" + name).text("reason")).as(name).isEqualTo("REPORT_NOT_FOUND");
            }
        } finally {
            Files.delete(outside);
        }
        assertThat(client.get("/me").body().path("reports").asBoolean()).isTrue();
    }

    @Test
    void metricsAndHealthHaveAnotherPort() {
        int port = gateway.operationsPort().orElseThrow();
        client.send("BREW", "/offers", "");
        client.get("/nowhere");
        Client operator = new Client(port, Optional.empty());
        String metrics = operator.get("/metrics").raw().body();
        assertThat(metrics).contains("offerflow_gateway_ready 1.0", "offerflow_gateway_active_requests 0.0",
                "offerflow_gateway_requests_seconds_count{method=\"GET\",status=\"404\"}",
                "offerflow_gateway_requests_seconds_count{method=\"POST\",status=\"503\"} 0",
                "offerflow_gateway_requests_seconds_count{method=\"other\",status=\"405\"} 1");
        assertThat(operator.get("/health/ready").status()).isEqualTo(200);
        assertThat(client.get("/metrics").status()).as("not for clients").isEqualTo(404);
    }

    @Test
    void recipientsAreSetReadAndRemoved() {
        String path = "/publishers/fabrikam/recipients";
        assertThat(get(path).status()).isEqualTo(404);
        Reply set = send("PUT", path, "{\"addresses\": [\"ann@fabrikam.example\"], \"language\": \"fr\"}");
        assertThat(set.status()).as(set.raw().body()).isEqualTo(200);
        assertThat(get(path).body()).isEqualTo(set.body());
        assertThat(set.body().at("/addresses/0").asText()).isEqualTo("ann@fabrikam.example");
        assertThat(set.text("since")).as("set by the server").doesNotStartWith("1970");
        assertThat(send("DELETE", path, "").status()).isEqualTo(204);
        assertThat(get(path).status()).isEqualTo(404);
    }

    @Test
    void whatTheRulesRefuseIsAProblemAndChangesNothing() {
        String path = "/publishers/litware/recipients";
        Reply noAddress = send("PUT", path, "{\"addresses\": [\"nobody\"]}");
        assertThat(noAddress.status()).isEqualTo(422);
        assertThat(noAddress.text("detail")).contains("nobody");
        Reply misspelt = send("PUT", path, "{\"adresses\": []}");
        assertThat(misspelt.text("suggestion")).isEqualTo("addresses");
        assertThat(send("PUT", path, "{\"addresses\": [], \"since\": \"2026-01-01T00:00:00Z\"}").text("detail"))
                .contains("since");
        assertThat(get(path).status()).isEqualTo(404);
    }

    @Test
    void subscriptionsAreChangedAndActedOn() {
        String path = "/subscriptions/orders";
        String hook = """
                {"url": "https://search.example/hook", "topics": ["storefront"], "secret": "env:SEARCH"}""";
        assertThat(get(path).status()).isEqualTo(404);
        assertThat(send("PUT", path, hook.replace("env:SEARCH", "whsec_c2VjcmV0")).raw().body())
                .as("a secret is refused and not repeated").contains("reference").doesNotContain("c2VjcmV0");
        Reply set = send("PUT", path, hook);
        assertThat(set.text("state")).as(set.raw().body()).isEqualTo("ACTIVE");
        assertThat(send("POST", path + "/pause", "").text("state")).isEqualTo("PAUSED");
        assertThat(send("POST", path + "/resume", "").text("state")).isEqualTo("ACTIVE");
        assertThat(send("POST", path + "/test", "").body().at("/test/testId").asText()).startsWith("test-");
        assertThat(send("POST", path + "/replay", "{\"from\": \"2026-03-01T09:00:00Z\"}").body()
                .at("/replay/from").asText()).startsWith("2026-03-01T09:00");
        assertThat(send("POST", path + "/replay", "{\"from\": \"yesterday\"}").status()).isEqualTo(422);
        assertThat(send("POST", path + "/stop", "").text("reason")).isEqualTo("UNKNOWN_ACTION");
        assertThat(get("/subscriptions").body().at("/subscriptions/0/subscriptionId").asText())
                .isNotEmpty();
        assertThat(send("DELETE", path, "").status()).isEqualTo(204);
        assertThat(get(path).status()).isEqualTo(404);
    }

    private static Reply get(String path) {
        return send("GET", path, "");
    }

    /** Repeats a request that was answered with 503, as clients have to: other classes load the same broker. */
    private static Reply send(String method, String path, String body) {
        Reply reply = client.send(method, path, body);
        for (int attempt = 1; reply.status() == 503 && attempt < 5; attempt++) {
            reply = client.send(method, path, body);
        }
        return reply;
    }
}
