package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.contract.json.JsonTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Verbs that the story of an offer does not need, answered by the real service. */
@ExtendWith(SharedMarketplace.class)
class VerbsAgainstTheServiceTest {

    private static final String SOMEBODY = "0f9a5c1e-7a0c-4d1e-9d55-0c6f4a3b2d10";

    @TempDir
    private Path folder;

    @Test
    void anAudienceIsEditedByHandImportedAndExported() throws Exception {
        String offer = "audience/pilot";
        done("offer", "create", offer, "--offer-type", "saas", "--alias", "Pilot", "--wait");
        done("plan", "create", offer, "closed", "--visibility", "private", "--wait");
        done("audience", "add", offer, "closed", SOMEBODY, "--type", "tenant", "--label", "=1+1", "--wait");
        refused("DUPLICATE_ID", "audience", "add", offer, "closed", SOMEBODY, "--type", "tenant", "--wait");
        refused("AUDIENCE_EMPTY", "audience", "remove", offer, "closed", SOMEBODY, "--wait");
        Path file = csv(1_201);
        refused("CONFIRMATION_REQUIRED", "audience", "import", offer, "closed", file.toString(), "--wait");
        CommandLineRun imported = done("audience", "import", offer, "closed", file.toString(), "--yes", "--wait");
        assertThat(imported.err()).contains("1,201 rows in 3 chunks");
        Path exported = folder.resolve("exported.csv");
        done("audience", "export", offer, "closed", exported.toString());
        assertThat(Files.readString(exported)).isEqualToNormalizingNewlines(Files.readString(file));
        refused("PLAN_NOT_LIVE", "audience", "sync", offer, "--wait");
    }

    @Test
    void whatTheOfferIsNotReadyForIsRefusedWithItsReason() {
        String offer = "verbs/early";
        done("offer", "create", offer, "--offer-type", "saas", "--alias", "Early", "--wait");
        refused("STALE_STEP", "step", "report", "succeeded", offer, "certification", "--submission", "1", "--wait");
        refused("STALE_STEP", "step", "report", "failed", offer, "certification", "--submission", "1", "--messages",
                "100.1=Too early", "--wait");
        refused("NEVER_PUBLISHED", "support", "request", offer, "--problem-type", "saas", "--category",
                "remove-a-published-offer", "--wait");
        refused("REQUEST_NOT_FOUND", "support", "answer", offer, "--request", "1", "--answer", "Yes", "--wait");
        refused("REQUEST_NOT_FOUND", "support", "withdraw", offer, "--request", "1", "--wait");
        for (String decision : new String[] {"take", "complete"}) {
            refused("REQUEST_NOT_FOUND", "support", "decide", decision, offer, "--request", "1", "--wait");
        }
        refused("REQUEST_NOT_FOUND", "support", "decide", "ask", offer, "--request", "1", "--question", "?", "--wait");
        refused("REQUEST_NOT_FOUND", "support", "decide", "reject", offer, "--request", "1", "--explanation", "-",
                "--wait");
        refused("NO_PUBLISH_IN_PROGRESS", "offer", "cancel", offer, "--yes", "--wait");
        refused("NO_STOP_SELL_PENDING", "offer", "resume", offer, "--wait");
        refused("PLAN_NOT_FOUND", "plan", "update", offer, "basic", "--name", "Basic", "--wait");
        refused("PLAN_NOT_FOUND", "plan", "delete", offer, "basic", "--yes", "--wait");
        refused("VERSION_CONFLICT", "offer", "save", "properties", offer, "--categories", "A,B", "--expected-version",
                "9", "--wait");
        refused("CONFIRMATION_REQUIRED", "offer", "delete", offer, "--wait");
        done("offer", "delete", offer, "--yes", "--until", "deleted");
    }

    @Test
    void offersAreListedAndFiltered() {
        done("offer", "create", "listed/one", "--offer-type", "saas", "--alias", "A needle", "--wait");
        done("offer", "create", "listed/two", "--offer-type", "saas", "--alias", "Hay", "--wait");
        CommandLineRun all = done("status", "--publisher", "listed", "--sort", "key", "-o", "jsonl");
        assertThat(all.outLines()).extracting(line -> JsonTrees.parse(line).path("offerId").asText())
                .containsExactly("one", "two");
        assertThat(done("status", "--search", "NEEDLE", "--status", "draft").out()).contains("listed/one", "A needle",
                "Draft").doesNotContain("listed/two");
        assertThat(done("status", "--publisher", "listed", "--status", "live", "-o", "json").out().strip())
                .isEqualTo("[]");
        assertThat(run("status", "listed/three").err()).contains("There is no offer listed/three.");
        assertThat(run("status", "--status", "alive").exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aSpanOfATopicIsShown() {
        String from = done("offer", "create", "span/first", "--offer-type", "saas", "--alias", "First", "--wait", "-o",
                "json").out();
        String decided = JsonTrees.parse(from).at("/answer/decidedAt").asText();
        assertThat(done("tail", "command-outcomes", "--to", decided, "--key", "span/first", "-o", "jsonl").out())
                .isEmpty();
        assertThat(done("tail", "command-outcomes", "--from", decided, "--key", "span/first", "--exit-at-end", "-o",
                "json").out()).startsWith("[").contains("\"command\":\"CreateOffer\"");
        assertThat(done("outcomes", "span/first", "--from", decided).out()).contains("CreateOffer", "accepted");
    }

    @Test
    void whatCannotBeReadIsListedAndShownAndEndsTheWaitOfNobody() throws Exception {
        String key = "quarantined/" + UUID.randomUUID();
        Cluster cluster = SharedMarketplace.cluster();
        try (Producer<byte[], byte[]> producer = cluster.producer()) {
            producer.send(new ProducerRecord<>("customer-requests", key.getBytes(StandardCharsets.UTF_8),
                    "no avro".getBytes(StandardCharsets.UTF_8))).get();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> !done("quarantine", "list", key, "-o", "jsonl").out()
                .isEmpty());
        JsonNode source = JsonTrees.parse(done("quarantine", "list", key, "-o", "jsonl").out()).at("/value/source");
        String place = "customer-requests-" + source.path("partition").asInt() + "@" + source.path("offset").asInt();
        assertThat(done("quarantine", "list", key).out()).contains(place, "FOREIGN_BYTES");
        assertThat(done("quarantine", "show", place).out()).contains("FOREIGN_BYTES", "no avro", key);
        assertThat(done("quarantine", "retry", "--source", place).out()).as("what list shows is what retry takes")
                .contains(place);
        assertThat(run("quarantine", "show", "customer-requests-0@99999").exitCode()).isEqualTo(ExitCode.FAILURE);
    }

    private Path csv(int rows) throws IOException {
        return Files.writeString(folder.resolve("audience.csv"), "ID,Description,Type\r\n" + IntStream.range(0, rows)
                .mapToObj(i -> new UUID(0, i) + "," + (i % 2 == 0 ? "\"Customer,"
                        + " " + i + "\"" : "'=" + i) + ",TenantID\r\n")
                .collect(Collectors.joining()));
    }

    private static CommandLineRun done(String... arguments) {
        CommandLineRun run = run(arguments);
        assertThat(run.exitCode()).as("%s: %s%s", String.join(" ", arguments), run.out(), run.err())
                .isEqualTo(ExitCode.DONE);
        return run;
    }

    private static void refused(String reason, String... arguments) {
        CommandLineRun run = run(arguments);
        assertThat(run.exitCode()).as("%s: %s%s", String.join(" ", arguments), run.out(), run.err())
                .isEqualTo(ExitCode.REJECTED);
        assertThat(run.out()).contains(reason);
    }

    private static CommandLineRun run(String... arguments) {
        return CommandLineRun.of(SharedMarketplace.connected(arguments));
    }
}
