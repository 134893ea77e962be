package io.offerflow.cli;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.cli.tail.RecordFormat;
import io.offerflow.contract.Topic;
import io.offerflow.contract.json.Names;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the records of a topic, decoded. */
@Command(name = "tail", description = "Show the records of a topic, decoded, as they are committed.",
        footer = {"", "What -o jsonl shows of an input topic, send takes."})
final class TailCommand implements Callable<Integer> {

    /** How records are shown. */
    enum Output { HUMAN, JSONL }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions options;

    @Parameters(paramLabel = "TOPIC", description = "Name of the topic, for example offer-status.")
    private String topicName;

    @Option(names = "--from-beginning", description = "Begin with the oldest record instead of the next one.")
    private boolean fromBeginning;

    @Option(names = "--exit-at-end", description = "End when what was there at the start has been shown.")
    private boolean exitAtEnd;

    @Option(names = "--key", paramLabel = "PUBLISHER/OFFER", description = "Only records with this key.")
    private Optional<String> key;

    @Option(names = {"-o", "--output"}, defaultValue = "human",
            description = "human or jsonl, one JSON object a record (${DEFAULT-VALUE}).")
    private Output output;

    @Override
    public Integer call() throws Exception {
        Topic topic = Topic.named(topicName).orElseThrow(this::unknownTopic);
        Cluster cluster = options.connect(List.of(topic));
        RecordFormat format = new RecordFormat(topic, cluster.registry(), Terminal.detect());
        PrintWriter out = spec.commandLine().getOut();
        try (TopicReader reader = new TopicReader(cluster, List.of(topic), fromBeginning)) {
            if (exitAtEnd) {
                reader.stopAtEnd();
            }
            UntilInterrupted.run(() -> reader.run(record -> {
                if (key.isEmpty() || key.equals(RecordFormat.key(record))) {
                    out.println(output == Output.JSONL ? format.json(record) : format.human(record));
                }
                // what reads our output may have had enough, as `head` has
                return !out.checkError();
            }), reader::stop);
        }
        return ExitCode.DONE;
    }

    private ParameterException unknownTopic() {
        List<String> names = Arrays.stream(Topic.values()).map(Topic::topicName).toList();
        return new ParameterException(spec.commandLine(), "There is no topic %s; there are %s.%s".formatted(topicName,
                String.join(", ", names),
                Names.closest(topicName, names).map(name -> " Did you mean " + name + "?").orElse("")));
    }
}
