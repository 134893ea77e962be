package io.offerflow.cli.read;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.TopicReader.Start;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.console.UntilInterrupted;
import io.offerflow.cli.render.OutputOption;
import io.offerflow.cli.render.RecordFormat;
import io.offerflow.contract.NameSuggester;
import io.offerflow.contract.Topic;
import java.io.PrintWriter;
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
        footer = {"", "The command `send` accepts what -o jsonl shows of an input topic.", "",
            "Begins with the next record, unless --from-beginning, --from or --to is given. Without --exit-at-end or"
            + " --to it waits for more until Ctrl-C."})
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

    @Mixin
    private TimeRange times;

    @Option(names = "--exit-at-end", description = "End when the records that were there at the start have been shown.")
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
        Start start = times.start(fromBeginning || times.isBounded() ? new Start.Beginning() : new Start.Now());
        try (TopicReader reader = new TopicReader(cluster, List.of(topic), start)) {
            if (exitAtEnd || times.isBounded()) {
                reader.stopAtEnd();
            }
            UntilInterrupted.run(() -> {
                reader.run(record -> {
                    if (isWanted(record)) {
                        output.show(out, () -> format.human(record), () -> format.json(record));
                    }
                    return OutputOption.isRead(out);
                });
                output.end(out);
            }, reader::stop);
        }
        return ExitCode.DONE;
    }

    private boolean isWanted(ConsumerRecord<byte[], byte[]> record) {
        return (key.isEmpty() || key.equals(RecordFormat.key(record))) && times.contains(record);
    }

    private ParameterException unknownTopic() {
        List<String> names = Arrays.stream(Topic.values()).map(Topic::topicName).toList();
        return new ParameterException(spec.commandLine(), "There is no topic %s; the topics are %s.%s".formatted(
                topicName, String.join(", ", names),
                NameSuggester.closest(topicName, names).map(name -> " Did you mean " + name + "?").orElse("")));
    }
}
