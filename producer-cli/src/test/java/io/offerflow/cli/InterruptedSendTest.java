package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Result;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.contract.Topic;
import io.offerflow.contract.json.JsonTrees;
import io.offerflow.contract.wire.AvroDecoder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A long file that is interrupted: {@code -Dbatch.lines=100000} for the long run. */
@ExtendWith(SharedMarketplace.class)
class InterruptedSendTest {

    private static final int LINES = Integer.getInteger("batch.lines", 10_000);
    private static final int OFFERS = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @Test
    void everyLineIsSentOnceThoughItIsToldToEndAndThenKilled() throws Exception {
        Path file = file();
        Path checkpoint = folder.resolve("batch.jsonl.sending");

        CliProcess.Started first = start(file);
        await().pollInterval(Duration.ofMillis(200)).atMost(PATIENCE)
                .until(() -> linesDone(checkpoint) > 0 || outcomes().size() > LINES / 10);
        first.process().destroy();
        CommandLineRun stopped = first.result();
        assertThat(stopped.err()).contains("It is not done; the same command continues from there");
        int afterFirst = linesDone(checkpoint);

        CliProcess.Started second = start(file);
        await().pollInterval(Duration.ofMillis(50)).atMost(PATIENCE).until(() ->
                Files.readString(second.err()).contains("continuing after line") && outcomes().size() > LINES / 5);
        second.process().destroyForcibly();
        second.result();
        assertThat(linesDone(checkpoint)).isBetween(afterFirst, LINES - 1);

        CommandLineRun last = start(file).result().endsWith(0);
        assertThat(last.err()).contains("continuing after line", "%,d of %,d records sent in ".formatted(LINES, LINES),
                "%,d accepted".formatted(LINES));
        assertThat(checkpoint).doesNotExist();
        List<CommandOutcome> outcomes = outcomes();
        Set<String> ids = new HashSet<>();
        outcomes.forEach(outcome -> ids.add(outcome.getCommandId()));
        assertThat(ids).hasSize(LINES);
        assertThat(outcomes).hasSize(LINES).allMatch(outcome -> outcome.getResult() == Result.ACCEPTED);
    }

    private CliProcess.Started start(Path file) throws Exception {
        return CliProcess.start(List.of("-Xmx96m"),
                SharedMarketplace.connected("send", file.toString(), "--wait", "-q"));
    }

    private static int linesDone(Path checkpoint) throws IOException {
        JsonNode json = Files.exists(checkpoint) ? JsonTrees.parse(Files.readString(checkpoint).strip())
                : JsonTrees.parse("{}");
        return json.path("line").asInt();
    }

    private static List<CommandOutcome> outcomes() {
        AvroDecoder decoder = new AvroDecoder(SharedMarketplace.cluster().registry());
        List<CommandOutcome> found = new ArrayList<>();
        try (TopicReader reader = new TopicReader(SharedMarketplace.cluster(), List.of(Topic.COMMAND_OUTCOMES),
                new TopicReader.Start.Beginning())) {
            reader.stopAtEnd();
            reader.run(record -> {
                if (new String(record.key(), StandardCharsets.UTF_8).startsWith("batch/")) {
                    found.add((CommandOutcome) decoder.decode(Topic.COMMAND_OUTCOMES, record.value()));
                }
                return true;
            });
        }
        return found;
    }

    /** A few offers, and then their test drive's description saved again and again. */
    private Path file() throws IOException {
        Path file = folder.resolve("batch.jsonl");
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (int i = 0; i < LINES; i++) {
                String payload = i < OFFERS ? "{\"CreateOffer\": {\"offerType\": \"SAAS\", \"alias\": \"Batch\"}}"
                        : "{\"SaveSection\": {\"section\": \"TEST_DRIVE\", \"content\": {\"TestDrive\":"
                                + " {\"description\":"
                                + " \"" + i + "\"}}}}";
                lines.write("{\"topic\": \"offer-commands\", \"value\": {\"publisherId\": \"batch\", \"offerId\": \"o-"
                        + i % OFFERS + "\", \"actor\": \"test\", \"payload\": " + payload + "}}\n");
            }
        }
        return file;
    }
}
