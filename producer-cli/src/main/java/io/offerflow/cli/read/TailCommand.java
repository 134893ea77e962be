package io.offerflow.cli.read;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.TopicReader.Start;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.console.UntilInterrupted;
import io.offerflow.cli.render.InstantOption;
import io.offerflow.cli.render.OutputOption;
import io.offerflow.cli.render.RecordFormat;
import io.offerflow.contract.NameSuggester;
import io.offerflow.contract.Topic;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the records of a topic, decoded. */
@Command(name = "tail", description = "Show the records of a topic, decoded, as they are committed.",
        footer = {"", "What -o jsonl shows of an input topic, send takes.", "",
            "Begins with what comes next, unless --from-beginning or --from is given. Without --exit-at-end or --to"
            + " it waits for more until Ctrl-C."})
public final class TailCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Connection connection;

    @Mixin
    private OutputOption output;

    @Parameters(paramLabel = "TOPIC", description = "Name of the topic, for example offer-status.")
    private String topicName;

    @Option(names = "--from-beginning", description = "Begin with the oldest record instead of the next one.")
    private boolean fromBeginning;

    @Option(names = "--from", paramLabel = "INSTANT", converter = InstantOption.class, description = "Begin with the first"
            + " record of that time or later, such as 2026-03-01T09:30:00Z, 2026-03-01 or -15m.")
    private Optional<Instant> from;

    @Option(names = "--to", paramLabel = "INSTANT", converter = InstantOption.class, description = "Only what is older than"
            + " that, and end then.")
    private Optional<Instant> to;

    @Option(names = "--exit-at-end", description = "End when what was there at the start has been shown.")
    private boolean exitAtEnd;

    @Option(names = "--key", paramLabel = "KEY", description = "Only records with this key, for example"
            + " contoso/shifts.")
    private Optional<String> key;

    @Override
    public Integer call() throws Exception {
        Topic topic = Topic.named(topicName).orElseThrow(this::unknownTopic);
        Cluster cluster = connection.connect(List.of(topic));
        RecordFormat format = new RecordFormat(topic, cluster.registry(), Terminal.detect());
        PrintWriter out = spec.commandLine().getOut();
        try (TopicReader reader = new TopicReader(cluster, List.of(topic), start())) {
            if (exitAtEnd || to.isPresent()) {
                reader.stopAtEnd();
            }
            UntilInterrupted.run(() -> {
                reader.run(record -> {
                    if (wanted(record)) {
                        show(out, format, record);
                    }
                    // what reads our output may have had enough, as `head` has
                    return !out.checkError();
                });
                output.end(out);
            }, reader::stop);
        }
        return ExitCode.DONE;
    }

    private Start start() {
        return from.<Start>map(Start.At::new)
                .orElseGet(() -> fromBeginning || to.isPresent() ? new Start.Beginning() : new Start.Now());
    }

    private boolean wanted(ConsumerRecord<byte[], byte[]> record) {
        return (key.isEmpty() || key.equals(RecordFormat.key(record)))
                && from.map(instant -> record.timestamp() >= instant.toEpochMilli()).orElse(true)
                && to.map(instant -> record.timestamp() < instant.toEpochMilli()).orElse(true);
    }

    private void show(PrintWriter out, RecordFormat format, ConsumerRecord<byte[], byte[]> record) {
        if (output.forPeople()) {
            out.println(format.human(record));
        } else {
            output.item(out, format.json(record));
        }
    }

    private ParameterException unknownTopic() {
        List<String> names = Arrays.stream(Topic.values()).map(Topic::topicName).toList();
        return new ParameterException(spec.commandLine(), "There is no topic %s; there are %s.%s".formatted(topicName,
                String.join(", ", names),
                NameSuggester.closest(topicName, names).map(name -> " Did you mean " + name + "?").orElse("")));
    }
}
