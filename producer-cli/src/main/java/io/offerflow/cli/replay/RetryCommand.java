package io.offerflow.cli.replay;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.file.TextFiles;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.contract.json.JsonMismatchException;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.write.Retry;
import io.offerflow.replay.write.RetryCandidate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.Producer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends inputs again that were quarantined or refused because of a fault. */
@Command(name = "retry", description = {"Send inputs to their topics again: those in quarantine, once they can be read"
    + " or were repaired, or with --internal-errors those that a fault of a release refused.",
    "They become new records, with a header offerflow-retry-of that names the journal entry of the original one."},
        footer = {"", "Reads: quarantine or offer-journal, and the inputs, to find what was sent again before.",
            "Writes, with --execute: the input topics.", "",
            "offerflow replay retry --reason UNKNOWN_SCHEMA",
            "offerflow replay retry --source offer-commands-0@17 --with-value repaired.json --execute"})
public final class RetryCommand extends ReplayVerb {

    @Option(names = "--internal-errors", description = "Those that were refused with INTERNAL_ERROR.")
    private boolean internalErrors;

    @Option(names = "--reason", paramLabel = "REASON", description = "Only those in quarantine for this reason.")
    private Optional<String> reason;

    @Option(names = "--source", paramLabel = "TOPIC-PARTITION@OFFSET",
            description = "Only this input; may be given several times.")
    private List<String> sources = List.of();

    @Option(names = "--with-value", paramLabel = "FILE", description = "With one --source: the repaired value, as JSON"
            + " in the form that `tail -o jsonl` shows.")
    private Optional<Path> value;

    @Option(names = "--with-key", paramLabel = "KEY", description = "With one --source: the repaired key.")
    private Optional<String> key;

    @Mixin
    private ExecuteOption execute;

    @Override
    List<Topic> topics() {
        return List.of(Topic.OFFER_JOURNAL, Topic.QUARANTINE, Topic.OFFER_COMMANDS, Topic.STEP_RESULTS,
                Topic.CUSTOMER_REQUESTS, Topic.SUPPORT_DECISIONS);
    }

    @Override
    int run(KafkaReplayCluster clients, ReplayOptions options) throws Exception {
        if ((value.isPresent() || key.isPresent()) && sources.size() != 1) {
            throw usage("--with-value and --with-key repair one input: name it with one --source");
        }
        Retry retry = new Retry(clients);
        Predicate<RetryCandidate> wanted = found -> reason.filter(name -> !name.equals(found.reason())).isEmpty()
                && (sources.isEmpty() || sources.contains(found.origin().toString()));
        List<RetryCandidate> found = (internalErrors ? retry.inputsRefusedByFaults(options, wanted)
                : retry.quarantinedInputs(wanted)).stream().map(candidate -> repaired(candidate, clients)).toList();
        found.forEach(candidate -> out().printf("%s\t%s\t%s\t%s%n", candidate.origin(), candidate.reason(),
                candidate.obstacle().map(why -> "left out: " + why).orElse("put back"), candidate.detail()));
        out().flush();
        List<RetryCandidate> possible = found.stream().filter(candidate -> candidate.obstacle().isEmpty()).toList();
        if (execute.isGiven()) {
            try (Producer<byte[], byte[]> producer = clients.producer()) {
                retry.send(possible, producer);
            }
        }
        tell(execute.isGiven() ? "%,d of %,d were put back."
                : "%,d of %,d can be put back. " + ExecuteOption.NOTHING_WRITTEN, possible.size(), found.size());
        return ExitCode.DONE;
    }

    private RetryCandidate repaired(RetryCandidate candidate, KafkaReplayCluster clients) {
        if (value.isEmpty() && key.isEmpty()) {
            return candidate;
        }
        SourceRecord origin = candidate.origin();
        Optional<byte[]> bytes = value.map(file -> encoded(file, Topic.named(origin.topic()).orElseThrow(), clients))
                .or(() -> origin.value());
        SourceRecord repaired = SourceRecord.received(origin.topic(), origin.partition(), origin.offset(),
                origin.appendedAt(), key.map(text -> text.getBytes(StandardCharsets.UTF_8)).or(origin::key), bytes,
                origin.headers());
        return new RetryCandidate(repaired, candidate.entry(), candidate.reason(), candidate.detail(),
                candidate.obstacle().filter(why -> value.isEmpty() || why.contains("before")));
    }

    private static byte[] encoded(Path file, Topic topic, KafkaReplayCluster clients) {
        try {
            return new AvroEncoder(clients.registry(), List.of(topic)).encode(topic,
                    AvroJson.read(topic, TextFiles.read(file)));
        } catch (IOException e) {
            throw CliFailure.unreadable(file, e);
        } catch (JsonMismatchException e) {
            throw new CliFailure(ExitCode.USAGE, "%s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
