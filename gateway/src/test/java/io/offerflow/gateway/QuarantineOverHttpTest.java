package io.offerflow.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.gateway.Client.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Inputs that could not be read: shown with what to do, and put back once, on a broker. */
@ExtendWith(Marketplace.class)
class QuarantineOverHttpTest {

    private static Gateway gateway;
    private static Client client;
    private static UnreadableInputs unreadable;
    private final String offer = "contoso/q" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void start() {
        gateway = Marketplace.gateway(Map.of());
        client = new Client(gateway);
        unreadable = new UnreadableInputs(Marketplace.sandbox());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void aRecordInAWrongPartitionIsPutBackOnceWhereItBelongs() {
        unreadable.createInWrongPartition(offer);
        JsonNode input = awaitInput(offer);
        assertThat(input.path("reason").asText()).isEqualTo("WRONG_PARTITION");
        assertThat(input.path("advice").asText()).contains("partitioner=murmur2_random");
        String path = "/quarantine/" + input.path("id").asText();
        assertThat(client.get(path).body().path("retry").isNull()).isTrue();
        assertThat(client.get(path).body().at("/headers/0")).hasToString("{\"name\":\"tenant\",\"value\":\"north\"}");

        Reply first = retry(path, "key-1");
        assertThat(first.status()).as(first.raw().body()).isEqualTo(201);
        assertThat(first.text("command")).isEqualTo("CreateOffer");
        Reply repeated = retry(path, "key-1");
        assertThat(repeated.body()).isEqualTo(first.body());
        Reply pending = client.send("POST", path + "/retry", "", "Idempotency-Key", "key-1");
        assertThat(pending.status()).isEqualTo(202);
        assertThat(client.get(pending.header("Location").orElseThrow()).body()).isEqualTo(first.body());
        Reply other = retry(path, "key-2");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("reason")).isEqualTo("ALREADY_RETRIED");
        assertThat(other.text("location")).isEqualTo(first.text("location"));
        assertThat(client.get(path).text("retry")).isEqualTo(first.text("location"));
        assertThat(client.get("/offers/" + offer + "/history").body().path("entries")).hasSize(1);
    }

    @Test
    void whatIsStillUnreadableComesBackAndCanBePutBackLater() {
        unreadable.bytes(offer, "no record".getBytes(StandardCharsets.UTF_8));
        String path = "/quarantine/" + awaitInput(offer).path("id").asText();
        Reply again = retry(path, "key");
        assertThat(again.status()).as(again.raw().body()).isEqualTo(409);
        assertThat(again.text("reason")).isEqualTo("FOREIGN_BYTES");
        assertThat(again.text("detail")).startsWith("It is in quarantine again: ");
        assertThat(client.get(path).text("value")).isEqualTo("no record");
        JsonNode second = inputs(offer).get(0);
        assertThat(retry("/quarantine/" + second.path("id").asText(), "other key").text("reason"))
                .isEqualTo("FOREIGN_BYTES");
        assertThat(inputs(offer)).hasSize(3);
    }

    @Test
    void whatCannotBePutBackIsRefusedWithTheWay() {
        unreadable.bytes("no offer " + offer, new byte[] {0, 0, 0, 0, 1});
        JsonNode input = awaitInput("no offer " + offer);
        Reply refused = retry("/quarantine/" + input.path("id").asText(), "key");
        assertThat(refused.text("reason")).isEqualTo("NOT_RETRIABLE");
        assertThat(refused.text("detail")).contains("--with-key").contains(input.path("source").asText());
        for (String unknown : new String[] {"9-1", "0-999999", "x", "0-99999999999999999999"}) {
            assertThat(client.get("/quarantine/" + unknown).text("reason")).isEqualTo("INPUT_NOT_FOUND");
        }
    }

    private static Reply retry(String path, String key) {
        return client.send("POST", path + "/retry", "", "Idempotency-Key", key, "Prefer", "wait=20");
    }

    private static JsonNode awaitInput(String key) {
        await().until(() -> !inputs(key).isEmpty());
        return inputs(key).get(0);
    }

    private static List<JsonNode> inputs(String key) {
        return client.get("/quarantine").body().path("inputs").valueStream()
                .filter(input -> input.path("key").asText().equals(key)).toList();
    }
}
