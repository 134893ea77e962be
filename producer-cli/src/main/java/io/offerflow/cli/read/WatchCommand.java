package io.offerflow.cli.read;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.TopicReader.Start;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.render.DurationOption;
import io.offerflow.cli.render.EventNarrator;
import io.offerflow.cli.render.InstantOption;
import io.offerflow.cli.render.OutputDispatcher;
import io.offerflow.cli.render.OutputOption;
import io.offerflow.cli.render.RecordFormat;
import io.offerflow.cli.render.TargetStatus;
import io.offerflow.contract.Topic;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what happens to offers, as it happens. */
@Command(name = "watch", description = {"Show what happens to one offer or to all of them, one line per change, until"
    + " Ctrl-C.",
    "Reads the topics that the service writes: a broker and the registry are all it needs."})
public final class WatchCommand implements Callable<Integer> {

    private static final int USUAL_KEY = 24;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private OutputOption output;

    @Parameters(arity = "0..1", paramLabel = "PUBLISHER/OFFER", description = "Only this offer.")
    private Optional<String> offer;

    @Option(names = "--from", paramLabel = "INSTANT", converter = InstantOption.class, description = "Begin with what"
            + " happened at that time, such as -15m, instead of the next change.")
    private Optional<Instant> from;

    @Option(names = "--exit-at-end", description = "End when all changes so far have been shown.")
    private boolean exitAtEnd;

    @Option(names = "--until", paramLabel = "STATE", description = "End when the offer reaches this state:"
            + " ${COMPLETION-CANDIDATES}; with 1 if its run fails instead. Shows the states of the offer only.")
    private Optional<TargetStatus> target;

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "1h", converter = DurationOption.class,
            description = "With --until: the longest wait; after it the exit code is 4. Default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    private long now;

    @Override
    public Integer call() throws Exception {
        Cluster cluster = connection.connect(OutputDispatcher.TOPICS);
        PrintWriter out = spec.commandLine().getOut();
        if (target.isPresent()) {
            String key = offer.orElseThrow(() -> new ParameterException(spec.commandLine(),
                    "--until needs an offer to wait for."));
            return StatusWaiter.await(cluster, key, target.get(), 0, timeout, out, spec.commandLine().getErr());
        }
        Start start = from.<Start>map(Start.At::new).orElseGet(Start.Now::new);
        try (TopicReader reader = new TopicReader(cluster, OutputDispatcher.TOPICS, start)) {
            if (exitAtEnd) {
                reader.stopAtEnd();
            }
            if (output.forPeople()) {
                narrate(reader, cluster, out);
            } else {
                showRecords(reader, cluster, out);
            }
        }
        return ExitCode.DONE;
    }

    private void narrate(TopicReader reader, Cluster cluster, PrintWriter out) throws Exception {
        EventNarrator narrator = new EventNarrator(out, Terminal.detect(), offer.map(String::length).orElse(USUAL_KEY),
                () -> InstantOption.shown(Instant.ofEpochMilli(now)));
        OutputDispatcher dispatcher = new OutputDispatcher(cluster.registry(), List.of(narrator));
        reader.runUntilInterrupted(record -> {
            if (isWanted(record)) {
                now = record.timestamp();
                dispatcher.dispatch(record);
            }
            return OutputOption.isRead(out);
        }, narrator::showPlans);
    }

    private void showRecords(TopicReader reader, Cluster cluster, PrintWriter out) throws Exception {
        Map<String, RecordFormat> formats = OutputDispatcher.TOPICS.stream().collect(Collectors.toMap(Topic::topicName,
                topic -> new RecordFormat(topic, cluster.registry(), Terminal.PLAIN)));
        reader.runUntilInterrupted(record -> {
            if (isWanted(record)) {
                output.item(out, formats.get(record.topic()).json(record));
            }
            return OutputOption.isRead(out);
        }, () -> { });
    }

    private boolean isWanted(ConsumerRecord<byte[], byte[]> record) {
        Optional<String> key = RecordFormat.key(record);
        return offer.isEmpty() || key.filter(text -> text.equals(offer.get()) || text.startsWith(offer.get() + "/"))
                .isPresent();
    }
}
