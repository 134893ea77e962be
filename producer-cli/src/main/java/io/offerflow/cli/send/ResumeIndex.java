package io.offerflow.cli.send;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.feed.Message;
import io.offerflow.contract.Topic;
import io.offerflow.contract.answer.RecordCoordinates;
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

/** The records that an interrupted run has sent after its checkpoint, found on the topics by their command ids. */
public final class ResumeIndex {

    /** One record of that run. */
    record FoundMessage(RecordCoordinates coordinates, Instant appendedAt) {
    }

    private final Map<String, Deque<FoundMessage>> found = new HashMap<>();

    private ResumeIndex() {
    }

    /** Nothing was sent before. */
    public static ResumeIndex nothing() {
        return new ResumeIndex();
    }

    /**
     * Searches for commands after a checkpoint.
     *
     * @param ids of the lines that may have been sent: those within reach of the checkpoint
     */
    static ResumeIndex after(Cluster cluster, Checkpoint checkpoint, Set<String> ids) {
        ResumeIndex result = new ResumeIndex();
        Map<TopicPartition, Long> from = new HashMap<>();
        checkpoint.next().forEach((name, offset) -> from.put(Checkpoint.partition(name), offset));
        AvroDecoder decoder = new AvroDecoder(cluster.registry());
        try (Consumer<byte[], byte[]> consumer = cluster.reader()) {
            consumer.assign(from.keySet());
            from.forEach(consumer::seek);
            Map<TopicPartition, Long> ends = consumer.endOffsets(from.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> result.add(decoder, record, ids));
            }
        }
        return result;
    }

    private void add(AvroDecoder decoder, ConsumerRecord<byte[], byte[]> record, Set<String> ids) {
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
        } catch (NotWireFormatException | UnreadableValueException foreign) {
            return; // this program has not written it
        }
    }

    /** How many records were found. */
    int size() {
        return found.values().stream().mapToInt(Deque::size).sum();
    }

    /** The coordinates of the records. */
    Set<RecordCoordinates> coordinates() {
        return found.values().stream().flatMap(Deque::stream).map(FoundMessage::coordinates)
                .collect(Collectors.toSet());
    }

    /** The append time of the oldest record that was found. */
    Optional<Instant> since() {
        return found.values().stream().flatMap(Deque::stream).map(FoundMessage::appendedAt).min(Instant::compareTo);
    }

    /** Removes and returns a record of this message; another message with the same id gets another record. */
    Optional<FoundMessage> remove(Message message) {
        return Optional.ofNullable(found.get(message.commandId().toString())).map(Deque::poll);
    }
}
