package io.offerflow.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.gateway.Client.Reply;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Recipients and subscriptions over HTTP, on a broker. */
@ExtendWith(Marketplace.class)
class DirectoryOverHttpTest {

    private static Gateway gateway;
    private static Client client;

    @BeforeAll
    static void start() {
        gateway = Marketplace.gateway(Map.of());
        client = new Client(gateway);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void recipientsAreSetReadAndRemoved() {
        String path = "/publishers/fabrikam/recipients";
        assertThat(client.get(path).status()).isEqualTo(404);
        Reply set = client.send("PUT", path, "{\"addresses\": [\"ann@fabrikam.example\"], \"language\": \"fr\"}");
        assertThat(set.status()).as(set.raw().body()).isEqualTo(200);
        assertThat(client.get(path).body()).isEqualTo(set.body());
        assertThat(set.body().at("/addresses/0").asText()).isEqualTo("ann@fabrikam.example");
        assertThat(set.text("since")).as("set by the server").doesNotStartWith("1970");
        assertThat(client.send("DELETE", path, "").status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
    }

    @Test
    void whatTheRulesRefuseIsAProblemAndChangesNothing() {
        String path = "/publishers/litware/recipients";
        Reply noAddress = client.send("PUT", path, "{\"addresses\": [\"nobody\"]}");
        assertThat(noAddress.status()).isEqualTo(422);
        assertThat(noAddress.text("detail")).contains("nobody");
        Reply misspelt = client.send("PUT", path, "{\"adresses\": []}");
        assertThat(misspelt.text("suggestion")).isEqualTo("addresses");
        assertThat(client.send("PUT", path, "{\"addresses\": [], \"since\": \"2026-01-01T00:00:00Z\"}").text("detail"))
                .contains("since");
        assertThat(client.get(path).status()).isEqualTo(404);
    }

    @Test
    void subscriptionsAreChangedAndActedOn() {
        String path = "/subscriptions/orders";
        String hook = """
                {"url": "https://search.example/hook", "topics": ["storefront"], "secret": "env:SEARCH"}""";
        assertThat(client.get(path).status()).isEqualTo(404);
        assertThat(client.send("PUT", path, hook.replace("env:SEARCH", "whsec_c2VjcmV0")).raw().body())
                .as("a secret is refused and not repeated").contains("reference").doesNotContain("c2VjcmV0");
        assertThat(client.send("PUT", path, hook).text("state")).isEqualTo("ACTIVE");
        assertThat(client.send("POST", path + "/pause", "").text("state")).isEqualTo("PAUSED");
        assertThat(client.send("POST", path + "/resume", "").text("state")).isEqualTo("ACTIVE");
        assertThat(client.send("POST", path + "/test", "").body().at("/test/testId").asText()).startsWith("test-");
        assertThat(client.send("POST", path + "/replay", "{\"from\": \"2026-03-01T09:00:00Z\"}").body()
                .at("/replay/from").asText()).startsWith("2026-03-01T09:00");
        assertThat(client.send("POST", path + "/replay", "{\"from\": \"yesterday\"}").status()).isEqualTo(422);
        assertThat(client.send("POST", path + "/stop", "").text("reason")).isEqualTo("UNKNOWN_ACTION");
        assertThat(client.get("/subscriptions").body().at("/subscriptions/0/subscriptionId").asText())
                .isNotEmpty();
        assertThat(client.send("DELETE", path, "").status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
    }
}
