package io.offerflow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.Envelopes;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.query.ClusterFixture.Reply;
import io.offerflow.runtime.ForkedService;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes share the offers; one is killed as a power cut would: the other answers again, and never wrongly. */
class KilledInstanceTest {

    @TempDir
    private Path folder;

    @Test
    void queriesAreAnsweredAgainWithinSecondsAndNeverWrongly() {
        try (ClusterFixture cluster = new ClusterFixture(folder); ForkedService one = cluster.process("one");
                ForkedService two = cluster.process("two")) {
            one.start();
            two.start();
            one.awaitReady();
            two.awaitReady();
            List<OfferKey> offers = cluster.offers("fabrikam", 40);
            offers.forEach(offer -> cluster.send(Envelopes.create(offer), offer));
            cluster.flush();
            int port = one.httpPort();
            await("both instances own offers, and know of all").atMost(Duration.ofSeconds(60)).until(() ->
                    decided(cluster, two) > 0 && decided(cluster, one) > 0 && total(cluster, port) == 40);
            Map<OfferKey, JsonNode> before = new HashMap<>();
            await("every offer is answered for").atMost(Duration.ofSeconds(30)).until(() -> {
                offers.forEach(offer -> before.put(offer, cluster.ask(port, "GET", "/offers/" + offer).body()));
                return before.values().stream().allMatch(body -> body.has("offerId"));
            });

            two.kill();
            long from = System.nanoTime();
            await("every offer is answered for again").atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(200)).until(() -> allAnswered(cluster, port, before));
            System.out.printf("every offer is answered for again %.1f s after its instance was killed%n",
                    (System.nanoTime() - from) / 1e9);

            OfferKey later = new OfferKey("fabrikam", "after-the-kill");
            offers.forEach(offer -> cluster.send(Envelopes.delete(offer), offer));
            cluster.send(Envelopes.create(later), later);
            cluster.flush();
            await("and work goes on").atMost(Duration.ofSeconds(60)).until(() -> total(cluster, port) == 1);
        }
    }

    /** Whether all are; an answer that is none says so and when to ask again, any other is the right one. */
    private static boolean allAnswered(ClusterFixture cluster, int port, Map<OfferKey, JsonNode> before) {
        boolean all = true;
        for (Map.Entry<OfferKey, JsonNode> offer : before.entrySet()) {
            Reply reply = cluster.ask(port, "GET", "/offers/" + offer.getKey());
            assertThat(reply.status()).as("%s: %s", offer.getKey(), reply.body()).isIn(200, 503);
            if (reply.status() == 503) {
                assertThat(reply.raw().headers().firstValue("Retry-After")).isPresent();
                all = false;
            } else {
                assertThat(reply.body()).isEqualTo(offer.getValue());
            }
        }
        assertThat(total(cluster, port)).as("the list is whole all the time").isEqualTo(before.size());
        return all;
    }

    private static int total(ClusterFixture cluster, int port) {
        return cluster.ask(port, "GET", "/offers").body().path("total").asInt();
    }

    /** How many inputs an instance has decided. */
    private static double decided(ClusterFixture cluster, ForkedService instance) {
        String text = new String(cluster.ask(instance.httpPort(), "GET", "/metrics").raw().body(),
                StandardCharsets.UTF_8);
        return text.lines().filter(line -> line.startsWith("offerflow_inputs_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }
}
