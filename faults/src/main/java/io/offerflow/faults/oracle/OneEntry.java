package io.offerflow.faults.oracle;

import io.offerflow.JournalFold;
import io.offerflow.avro.Coordinates;
import io.offerflow.avro.JournalInput;
import io.offerflow.contract.Topic;
import io.offerflow.faults.history.PartitionHistory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** {@link Promise#ONE_ENTRY}. */
final class OneEntry implements Oracle {

    private final PartitionHistory history;
    private final Violations violations;
    private final Set<Coordinates> taken = new HashSet<>();
    private long number;

    OneEntry(PartitionHistory history, Violations violations) {
        this.history = history;
        this.violations = violations;
    }

    @Override
    public void entry(JournalStep step) {
        if (step.entry().getNumber() != ++number) {
            violations.add("entry %d has number %d", number, step.entry().getNumber());
            number = step.entry().getNumber();
        }
        JournalInput input = step.entry().getInput();
        if (input == null) {
            return;
        }
        if (!taken.add(input.getSource())) {
            violations.add("%s has a second entry, number %d", input.getSource(), number);
        }
        step.input().ifPresentOrElse(record -> compare(step, input, record),
                () -> violations.add("entry %d is about %s, which is not there", number, input.getSource()));
    }

    private void compare(JournalStep step, JournalInput input, ConsumerRecord<byte[], byte[]> record) {
        ByteBuffer value = Optional.ofNullable(record.value()).map(ByteBuffer::wrap).orElse(null);
        if (!Objects.equals(value, input.getValue()) || !Arrays.equals(record.key(), step.record().key())
                || input.getAppendedAt().toEpochMilli() != record.timestamp()) {
            violations.add("entry %d has other bytes than %s", number, input.getSource());
        }
    }

    @Override
    public void end(JournalFold fold) {
        for (Topic topic : Topic.inputs()) {
            history.records(topic).stream().map(record ->
                    new Coordinates(record.topic(), record.partition(), record.offset()))
                    .filter(input -> !taken.contains(input))
                    .forEach(input -> violations.add("%s has no entry", input));
        }
    }
}
