package io.offerflow.cli.read;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.connect.Connection;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.render.OutputOption;
import io.offerflow.cli.render.RecordFormat;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroDecoder;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Shows the records of one topic.
 *
 * @param <R> the type of the values
 */
abstract class RecordsCommand<R extends IndexedRecord> implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ReadRange range;

    @Mixin
    private OutputOption output;

    @Mixin
    private Connection connection;

    private final Topic topic;
    private final Class<R> type;

    RecordsCommand(Topic topic, Class<R> type) {
        this.topic = topic;
        this.type = type;
    }

    /** The key of the offer whose records are shown, if not all are. */
    abstract Optional<String> offer();

    /** Whether a record is shown. */
    abstract boolean wanted(R value);

    /** The lines of the record for people. */
    abstract List<String> human(ConsumerRecord<byte[], byte[]> record, R value, Terminal terminal);

    @Override
    public Integer call() throws Exception {
        Cluster cluster = connection.connect(List.of(topic));
        AvroDecoder decoder = new AvroDecoder(cluster.registry());
        RecordFormat format = new RecordFormat(topic, cluster.registry(), Terminal.PLAIN);
        PrintWriter out = spec.commandLine().getOut();
        Terminal terminal = Terminal.detect();
        range.read(cluster, topic, partitionOf(), record -> {
            if (record.value() == null || offer().isPresent() && !offer().equals(RecordFormat.key(record))) {
                return true;
            }
            R value = type.cast(decoder.decode(topic, record.value()));
            if (wanted(value)) {
                output.show(out, () -> human(record, value, terminal), () -> format.json(record));
            }
            return OutputOption.isRead(out);
        });
        output.end(out);
        return ExitCode.DONE;
    }

    /** The offer whose partition is read: a quarantined record may be in another partition than its offer. */
    private Optional<String> partitionOf() {
        return topic == Topic.QUARANTINE ? Optional.empty() : offer();
    }
}
