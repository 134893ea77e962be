package io.offerflow.faults.oracle;

import io.offerflow.JournalFold;
import io.offerflow.avro.Coordinates;
import io.offerflow.avro.EntryResult;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.codec.JournalMapping;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.faults.history.PartitionHistory;
import io.offerflow.topology.OutputEncoder;
import io.offerflow.topology.OutputKey;
import io.offerflow.topology.OutputRecord;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** {@link Promise#OUTPUTS_FOLLOW}: the outputs are made again from the journal. */
final class OutputsFollow implements Oracle {

    private static final List<Topic> OTHERS = Topic.outputs().stream()
            .filter(topic -> topic != Topic.OFFER_JOURNAL && topic != Topic.QUARANTINE).toList();

    private final PartitionHistory history;
    private final SchemaRegistry registry;
    private final AvroDecoder decoder;
    private final Violations violations;
    private final Map<JournalMapping.DecidedBy, OutputEncoder> encoders = new HashMap<>();
    private final Map<Topic, Integer> next = new EnumMap<>(Topic.class);

    OutputsFollow(PartitionHistory history, SchemaRegistry registry, AvroDecoder decoder, Violations violations) {
        this.history = history;
        this.registry = registry;
        this.decoder = decoder;
        this.violations = violations;
    }

    @Override
    public void entry(JournalStep step) {
        if (step.record().timestamp() != step.entry().getNow().toEpochMilli()) {
            violations.add("entry %d has the time %d", step.entry().getNumber(), step.record().timestamp());
        }
        if (step.entry().getResult() == EntryResult.QUARANTINED) {
            quarantined(step);
        }
        step.transition().ifPresent(transition -> {
            Transition complete = new Transition(step.input().map(OutputsFollow::source), transition.before(),
                    transition.entry(), transition.after());
            OutputKey key = new OutputKey(history.partition(), Optional.ofNullable(step.record().key()));
            for (OutputRecord expected : encoder(step).encode(step.entry().getNumber(), complete, key)) {
                compare(step, expected);
            }
        });
    }

    private OutputEncoder encoder(JournalStep step) {
        return encoders.computeIfAbsent(
                new JournalMapping.DecidedBy(step.entry().getBuild(), step.entry().getPolicy()),
                by -> new OutputEncoder(registry, by, Projection.all(Locale.ENGLISH)));
    }

    private static SourceRecord source(ConsumerRecord<byte[], byte[]> input) {
        List<SourceRecord.SourceHeader> headers = new ArrayList<>();
        input.headers().forEach(header -> headers.add(
                new SourceRecord.SourceHeader(header.key(), Optional.ofNullable(header.value()))));
        return SourceRecord.received(input.topic(), input.partition(), input.offset(),
                Instant.ofEpochMilli(input.timestamp()), Optional.ofNullable(input.key()),
                Optional.ofNullable(input.value()), headers);
    }

    private void compare(JournalStep step, OutputRecord expected) {
        if (expected.topic() == Topic.OFFER_JOURNAL) {
            check(step, expected, step.record());
        } else {
            next(expected.topic()).ifPresentOrElse(found -> check(step, expected, found),
                    () -> violations.add("entry %d has no record in %s", step.entry().getNumber(),
                            expected.topic().topicName()));
        }
    }

    private Optional<ConsumerRecord<byte[], byte[]>> next(Topic topic) {
        int index = next.merge(topic, 1, Integer::sum) - 1;
        List<ConsumerRecord<byte[], byte[]>> records = history.records(topic);
        return index < records.size() ? Optional.of(records.get(index)) : Optional.empty();
    }

    private void check(JournalStep step, OutputRecord expected, ConsumerRecord<byte[], byte[]> found) {
        if (!Arrays.equals(expected.record().key().bytes().orElse(null), found.key())
                || !Arrays.equals(expected.record().value(), found.value())
                || !expected.record().headers().equals(found.headers())
                || expected.record().timestamp() != found.timestamp()) {
            violations.add("%s-%d@%d does not follow from entry %d", found.topic(), found.partition(),
                    found.offset(), step.entry().getNumber());
        }
    }

    /** The record of an input that could not be read repeats it, and the reason of the entry; advice is not checked. */
    private void quarantined(JournalStep step) {
        Optional<ConsumerRecord<byte[], byte[]>> found = next(Topic.QUARANTINE);
        if (found.isEmpty() || step.input().isEmpty()) {
            violations.add("entry %d has no quarantine record or no input", step.entry().getNumber());
            return;
        }
        QuarantinedRecord record = (QuarantinedRecord) decoder.decode(Topic.QUARANTINE, found.get().value());
        SourceRecord source = source(step.input().get());
        Coordinates coordinates = source.coordinates();
        boolean same = coordinates.equals(record.getSource())
                && Arrays.equals(source.key().orElse(null), found.get().key())
                && source.appendedAt().equals(record.getAppendedAt())
                && source.value().map(ByteBuffer::wrap).equals(Optional.ofNullable(record.getValue()))
                && source.key().map(ByteBuffer::wrap).equals(Optional.ofNullable(record.getKey()))
                && step.entry().getDetail().startsWith(record.getReason() + ": " + record.getDetail())
                && found.get().timestamp() == source.appendedAt().toEpochMilli();
        if (!same) {
            violations.add("quarantine-%d@%d does not follow from entry %d", found.get().partition(),
                    found.get().offset(), step.entry().getNumber());
        }
    }

    @Override
    public void end(JournalFold fold) {
        OTHERS.forEach(this::noMore);
        noMore(Topic.QUARANTINE);
    }

    private void noMore(Topic topic) {
        int expected = next.getOrDefault(topic, 0);
        if (history.records(topic).size() > expected) {
            violations.add("%s has %d records instead of %d", topic.topicName(), history.records(topic).size(),
                    expected);
        }
    }
}
