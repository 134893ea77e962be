package io.offerflow.runtime;

import io.offerflow.contract.wire.NotWireFormatException;
import io.offerflow.contract.wire.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumer of a stream thread. It holds a record back while the registry has not answered about its schema, with
 * everything after it in its partition; the other partitions go on. Holding back is seeking to the record and pausing
 * the partition, so the group, the transaction and the stores are not affected. It also tells other threads its
 * positions.
 */
final class HoldingConsumer extends KafkaConsumer<byte[], byte[]> {

    /** How long a poll waits for the first answer about a schema. */
    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final long OBSERVE_EVERY_NANOS = Duration.ofMillis(500).toNanos();

    /** A record that is held back. */
    record HeldRecord(long offset, int schemaId) {
    }

    /**
     * How far a partition has been read.
     *
     * @param position offset of the next record to fetch
     * @param delivered offset after the last record that went to its task
     */
    record ReadPosition(long position, OptionalLong delivered) {
    }

    private final SchemaLookups schemas;
    private final Consumer<HoldingConsumer> onClose;
    private final Map<TopicPartition, HeldRecord> held = new ConcurrentHashMap<>();
    private final Set<TopicPartition> pausedByStreams = new HashSet<>();
    private final Map<TopicPartition, Long> delivered = new HashMap<>();
    private volatile Map<TopicPartition, ReadPosition> positions = Map.of();
    private volatile long polledAt = System.nanoTime();
    private long observedAt = System.nanoTime() - OBSERVE_EVERY_NANOS;

    HoldingConsumer(Map<String, Object> config, SchemaLookups schemas, Consumer<HoldingConsumer> onClose) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.schemas = schemas;
        this.onClose = onClose;
    }

    /** The records that are held back, by partition. */
    Map<TopicPartition, HeldRecord> held() {
        return Map.copyOf(held);
    }

    /** How far each assigned partition has been read. */
    Map<TopicPartition, ReadPosition> positions() {
        return positions;
    }

    /** Time since the last call of {@link #poll}. */
    Duration sincePoll() {
        return Duration.ofNanos(System.nanoTime() - polledAt);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        polledAt = System.nanoTime();
        release();
        ConsumerRecords<byte[], byte[]> records = holdBack(super.poll(timeout));
        records.partitions().forEach(partition ->
                delivered.put(partition, records.records(partition).getLast().offset() + 1));
        observe();
        return records;
    }

    private void release() {
        if (!held.isEmpty()) {
            held.keySet().retainAll(assignment());
            List<TopicPartition> released = held.entrySet().stream()
                    .filter(hold -> schemas.isAnswered(hold.getValue().schemaId())).map(Map.Entry::getKey).toList();
            released.forEach(held::remove);
            super.resume(released.stream().filter(partition -> !pausedByStreams.contains(partition)).toList());
        }
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        pausedByStreams.addAll(partitions);
        super.pause(partitions);
    }

    /** Kafka Streams pauses the partitions of a task that restores, so each side lifts only its own pause. */
    @Override
    public void resume(Collection<TopicPartition> partitions) {
        pausedByStreams.removeAll(partitions);
        super.resume(partitions.stream().filter(partition -> !held.containsKey(partition)).toList());
    }

    private ConsumerRecords<byte[], byte[]> holdBack(ConsumerRecords<byte[], byte[]> polled) {
        Set<Integer> unanswered = new TreeSet<>();
        polled.forEach(record -> schemaId(record).ifPresent(id -> {
            if (!schemas.isAnswered(id)) {
                unanswered.add(id);
            }
        }));
        if (unanswered.isEmpty()) {
            return polled;
        }
        schemas.awaitFirstAttempt(unanswered, PATIENCE);
        unanswered.removeIf(schemas::isAnswered);
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> admitted = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> nextOffsets = new HashMap<>(polled.nextOffsets());
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            int count = count(records, record -> schemaId(record).stream().noneMatch(unanswered::contains));
            if (count < records.size()) {
                nextOffsets.put(partition, hold(records.get(count)));
            }
            if (count > 0) {
                admitted.put(partition, new ArrayList<>(records.subList(0, count)));
            }
        }
        return new ConsumerRecords<>(admitted, nextOffsets);
    }

    private static <T> int count(List<T> values, Predicate<T> leading) {
        return (int) values.stream().takeWhile(leading).count();
    }

    private OffsetAndMetadata hold(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        OffsetAndMetadata next = new OffsetAndMetadata(record.offset(), record.leaderEpoch(), "");
        seek(partition, next);
        super.pause(Set.of(partition));
        held.put(partition, new HeldRecord(record.offset(), schemaId(record).orElseThrow()));
        return next;
    }

    private static OptionalInt schemaId(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? OptionalInt.empty() : OptionalInt.of(WireFormat.schemaId(record.value()));
        } catch (NotWireFormatException e) {
            return OptionalInt.empty(); // goes to quarantine
        }
    }

    private void observe() {
        if (System.nanoTime() - observedAt < OBSERVE_EVERY_NANOS) {
            return;
        }
        observedAt = System.nanoTime();
        delivered.keySet().retainAll(assignment());
        Map<TopicPartition, ReadPosition> observed = new HashMap<>();
        for (TopicPartition partition : assignment()) {
            try {
                Long last = delivered.get(partition);
                observed.put(partition, new ReadPosition(position(partition, Duration.ZERO),
                        last == null ? OptionalLong.empty() : OptionalLong.of(last)));
            } catch (KafkaException e) {
                // the position is not known yet; a failure that lasts appears in the next poll
                continue;
            }
        }
        positions = Map.copyOf(observed);
    }

    @Override
    public void close(CloseOptions options) {
        onClose.accept(this);
        super.close(options);
    }
}
