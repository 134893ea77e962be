package io.offerflow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.cli.console.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The verbs send and tail against a real broker and registry. */
@ExtendWith(SharedMarketplace.class)
class SendAndTailTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsSentCanBeSeenAndSentAgainWithTheSameIds() throws IOException {
        Path file = Files.writeString(folder.resolve("two.jsonl"), line("again", "{\"SubmitOffer\": {}}") + "\n"
                + line("again", "{\"CreateOffer\": {\"offerType\": \"SAAS\", \"alias\": \"Caf\u00e9\"}}"));
        CommandLineRun sent = run("send", file.toString());
        assertThat(sent.exitCode()).as(sent.err()).isEqualTo(ExitCode.DONE);
        assertThat(sent.err()).contains("two.jsonl: 2 of 2 records sent.");

        CommandLineRun seen = tail("offer-commands", "contoso/again", "jsonl");
        assertThat(seen.outLines()).hasSize(2);
        assertThat(seen.outLines().get(1)).contains("\"alias\":\"Caf\u00e9\"").contains("\"key\":\"contoso/again\"");

        Path copy = Files.writeString(folder.resolve("copy.jsonl"), seen.out());
        CommandLineRun again = run("send", copy.toString());
        assertThat(again.exitCode()).as(again.err()).isEqualTo(ExitCode.DONE);
        assertThat(ids(again)).isEqualTo(ids(sent));
        assertThat(run("send", file.toString())).satisfies(third -> assertThat(ids(third)).isEqualTo(ids(sent)));
    }

    @Test
    void peopleSeeTheValueAsAnOutline() throws IOException {
        Path file = Files.writeString(folder.resolve("one.jsonl"),
                line("outline", "{\"SubmitOffer\": {\"notesForCertification\": \"use tenant 7\"}}"));
        assertThat(run("send", file.toString()).exitCode()).isEqualTo(ExitCode.DONE);
        CommandLineRun seen = tail("offer-commands", "contoso/outline", "human");
        assertThat(seen.out()).startsWith("contoso/outline  partition ")
                .contains("\n  payload:\n    SubmitOffer:\n      notesForCertification: use tenant 7\n")
                .doesNotContain("expectedVersion");
    }

    @Test
    void aBadLineKeepsTheWholeFileFromBeingSent() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.jsonl"), line("bad", "{\"SubmitOffer\": {}}") + "\n"
                + line("bad", "{\"Submit\": {}}"));
        CommandLineRun run = run("send", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("bad.jsonl:2: value.payload: ").contains("did you mean \"SubmitOffer\"?");
        assertThat(tail("offer-commands", "contoso/bad", "jsonl").out()).isEmpty();
    }

    @Test
    void aFileThatWaitsIsRefusedUnlessTold() throws IOException {
        Path file = Files.writeString(folder.resolve("waits.jsonl"), line("waits", "{\"SubmitOffer\": {}}")
                + "\n{\"after\": {\"notification\": \"OFFER_LIVE\"}}");
        CommandLineRun refused = run("send", file.toString());
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains("waits.jsonl:2 waits for the notification OFFER_LIVE");
        assertThat(run("send", "--ignore-after", file.toString()).outLines()).hasSize(1);
    }

    @Test
    void aRecordThatCannotBeReadIsShownAsSuch() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", SharedMarketplace.sandbox().bootstrapServers()),
                new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("step-results", "contoso/x".getBytes(StandardCharsets.UTF_8),
                    "{}".getBytes(StandardCharsets.UTF_8))).get();
            producer.send(new ProducerRecord<>("step-results", "contoso/x".getBytes(StandardCharsets.UTF_8),
                    null)).get();
        }
        assertThat(tail("step-results", "contoso/x", "human").out()).contains("cannot be read: fewer bytes than")
                .contains("deleted (no value)");
        assertThat(tail("step-results", "contoso/x", "jsonl").outLines().getFirst())
                .contains("\"unreadable\":{").contains("\"base64\":\"e30=\"");
    }

    @Test
    void anUnknownTopicIsAUsageErrorWithTheClosestName() {
        CommandLineRun run = run("tail", "offer-statuses");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("Did you mean offer-status?");
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNamedInOneSentence() {
        CommandLineRun run = CommandLineRun.of("tail", "offer-status", "--bootstrap-servers", "127.0.0.1:1",
                "--registry-url", SharedMarketplace.sandbox().registryUrl());
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(run.err()).contains("No Kafka broker answered at 127.0.0.1:1").hasLineCount(1);
    }

    @Test
    void aRegistryThatDoesNotAnswerIsNamedInOneSentence() {
        CommandLineRun run = CommandLineRun.of("tail", "offer-status",
                "--bootstrap-servers", SharedMarketplace.sandbox().bootstrapServers(),
                "--registry-url", "http://127.0.0.1:1");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(run.err()).contains("http://127.0.0.1:1").hasLineCount(1);
    }

    @Test
    void theOriginOfAFailureIsShownOnlyWhenAskedFor() {
        assertThat(CommandLineRun.of("-v", "tail", "offer-status", "--bootstrap-servers", "127.0.0.1:1").err())
                .contains("\tat io.offerflow.cli.");
    }

    private static List<String> ids(CommandLineRun sent) {
        return sent.outLines().stream().map(line -> line.split("\t")[1]).toList();
    }

    private static CommandLineRun tail(String topic, String key, String output) {
        return run("tail", topic, "--from-beginning", "--exit-at-end", "--key", key, "-o", output);
    }

    private static CommandLineRun run(String... arguments) {
        return CommandLineRun.of(SharedMarketplace.connected(arguments));
    }

    private static String line(String offer, String payload) {
        return "{\"topic\": \"offer-commands\", \"value\": {\"publisherId\": \"contoso\", \"offerId\": \"" + offer
                + "\", \"actor\": \"test\", \"payload\": " + payload + "}}";
    }
}
