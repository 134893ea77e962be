package io.offerflow.faults.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** The context of the processor; each record that it forwards is an effect. */
final class ForwardingContext<K, V> extends MockProcessorContext<K, V> {

    /** A record for a sink. */
    record Forwarded(String sink, Record<?, ?> record) {
    }

    private final Effects effects;
    private final List<Forwarded> open = new ArrayList<>();

    ForwardingContext(Properties properties, TaskId task, Path folder, Effects effects) {
        super(properties, task, folder.toFile());
        this.effects = effects;
    }

    @Override
    public <A extends K, B extends V> void forward(Record<A, B> record, String sink) {
        effects.next();
        open.add(new Forwarded(sink, record));
    }

    /** The records of the open transaction. */
    List<Forwarded> open() {
        return List.copyOf(open);
    }

    /** The open transaction ends. */
    void end() {
        open.clear();
    }
}
