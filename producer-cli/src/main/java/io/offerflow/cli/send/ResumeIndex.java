package io.offerflow.cli.send;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.feed.Message;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.NotWireFormatException;
import io.offerflow.contract.wire.UnreadableValueException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What an interrupted run has sent behind its checkpoint, found again on the topics by the command ids. */
public final class ResumeIndex {

    /** One record of that run. */
    record FoundMessage(RecordCoordinates place, Instant appendedAt) {
    }

    private final Map<String, Deque<FoundMessage>> found = new HashMap<>();

    private ResumeIndex() {
    }

    /** Nothing was sent before. */
    public static ResumeIndex nothing() {
        return new ResumeIndex();
    }

    /**
     * Looks for these commands behind the checkpoint.
     *
     * @param ids of the lines that may have been sent: those within reach behind the checkpoint
     */
    static ResumeIndex behind(Cluster cluster, Checkpoint checkpoint, Set<String> ids) {
        ResumeIndex result = new ResumeIndex();
        Map<TopicPartition, Long> from = new HashMap<>();
        checkpoint.next().forEach((name, offset) -> from.put(Checkpoint.partition(name), offset));
        AvroDecoder decoder = new AvroDecoder(cluster.registry());
        try (Consumer<byte[], byte[]> consumer = cluster.reader()) {
            consumer.assign(from.keySet());
            from.forEach(consumer::seek);
            Map<TopicPartition, Long> ends = consumer.endOffsets(from.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> result.look(decoder, record, ids));
            }
        }
        return result;
    }

    private void look(AvroDecoder decoder, ConsumerRecord<byte[], byte[]> record, Set<String> ids) {
        if (record.value() == null) {
            return;
        }
        try {
            IndexedRecord value = decoder.decode(Topic.named(record.topic()).orElseThrow(), record.value());
            String id = value.get(value.getSchema().getField("commandId").pos()).toString();
            if (ids.contains(id)) {
                found.computeIfAbsent(id, any -> new ArrayDeque<>()).add(new FoundMessage(
                        new RecordCoordinates(record.topic(), record.partition(), record.offset()),
                        Instant.ofEpochMilli(record.timestamp())));
            }
        } catch (NotWireFormatException | UnreadableValueException somebodyElses) {
            // nothing that this program has written
            return;
        }
    }

    /** How many records were found. */
    int size() {
        return found.values().stream().mapToInt(Deque::size).sum();
    }

    /** Where they lie. */
    Set<RecordCoordinates> places() {
        return found.values().stream().flatMap(Deque::stream).map(FoundMessage::place).collect(Collectors.toSet());
    }

    /** The append time of the oldest record that was found. */
    Optional<Instant> since() {
        return found.values().stream().flatMap(Deque::stream).map(FoundMessage::appendedAt).min(Instant::compareTo);
    }

    /** The record of this message, which is then no longer there for another one with the same id. */
    Optional<FoundMessage> take(Message message) {
        return Optional.ofNullable(found.get(message.commandId().toString())).map(Deque::poll);
    }
}
