package io.offerflow.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.offerflow.gateway.Client.Reply;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** While brokers, registry or service are away, the answer is 503 in time, and never a success. */
class OutageTest {

    private static final String CREATE = "{\"offerType\": \"SAAS\", \"alias\": \"Shift planner\"}";

    private final Sandbox sandbox = Sandbox.start(SandboxOptions.temporary());

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aGatewayWithoutBrokersOrRegistryAnswers503UntilTheyAreThere() {
        sandbox.createTopics(2);
        sandbox.stopRegistry();
        sandbox.stopBroker();
        try (Gateway gateway = start()) {
            Client client = new Client(gateway);
            assertUnavailable(client.command("contoso/a", "CreateOffer", CREATE), "STARTING");
            assertThat(client.get("/health/ready").status()).isEqualTo(503);
            assertThat(client.get("/health/live").status()).isEqualTo(200);
            sandbox.startBroker();
            assertUnavailable(client.command("contoso/a", "CreateOffer", CREATE), "STARTING");
            sandbox.startRegistry();
            await().atMost(Duration.ofSeconds(20)).until(gateway::isReady);
            assertThat(client.post("contoso/a", "CreateOffer", CREATE).status()).isEqualTo(202);

            sandbox.stopRegistry(); // its schemas are known
            assertThat(client.post("contoso/a", "CreateOffer", CREATE).status()).isEqualTo(202);
            assertUnavailable(client.send("PUT", "/publishers/contoso/recipients",
                    "{\"addresses\": [\"ann@contoso.example\"]}"), "REGISTRY_UNAVAILABLE");
            assertUnavailable(client.get("/offers"), "SERVICE_UNAVAILABLE");

            sandbox.stopBroker();
            long start = System.nanoTime();
            Reply away = client.command("contoso/b", "CreateOffer", CREATE, "Idempotency-Key", "during-the-outage");
            assertUnavailable(away, "BROKER_UNAVAILABLE");
            assertThat(away.header("Idempotency-Key")).contains("during-the-outage");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
            sandbox.startBroker();
            await().atMost(Duration.ofSeconds(20)).until(() -> client.post("contoso/b", "CreateOffer", CREATE,
                    "Idempotency-Key", "during-the-outage").status() == 202);
        }
    }

    private Gateway start() {
        return Gateway.start(GatewayConfig.of(Map.of("bootstrap.servers", sandbox.bootstrapServers(),
                "schema.registry.url", sandbox.registryUrl(), "http.port", "0", "delivery.timeout.ms", "2000",
                "query.url", "http://127.0.0.1:1,http://127.0.0.1:2")));
    }

    private static void assertUnavailable(Reply reply, String reason) {
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(503);
        assertThat(reply.text("reason")).isEqualTo(reason);
        assertThat(reply.header("Retry-After")).isPresent();
    }
}
