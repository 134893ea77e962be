package io.offerflow.notifier.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads records at offsets that are not those of the group: backlogs, retries and the rows of a takeover. */
final class RecordReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Records and the offset after them, which may be further on: markers of transactions have offsets, too. */
    record ReadRecords(List<ConsumerRecord<byte[], byte[]>> records, long next) {
    }

    private final Consumer<byte[], byte[]> consumer;
    private final RecordBatches batches = new RecordBatches();
    private Optional<TopicPartition> assigned = Optional.empty();

    RecordReader(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** Some records from an offset on; none if none arrive soon. */
    ReadRecords read(TopicPartition partition, long from) {
        seek(partition, from);
        List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL).records(partition);
        return new ReadRecords(records, consumer.position(partition));
    }

    /** The record at an offset, unless its topic no longer has it; a failure if the brokers do not answer in time. */
    Optional<ConsumerRecord<byte[], byte[]>> at(TopicPartition partition, long offset) {
        Optional<RecordBatches.ReadBatch> known = batches.of(partition, offset);
        if (known.isPresent()) {
            return known.get().record(offset);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            ReadRecords read = read(partition, offset);
            if (read.next() > offset) {
                return batches.keep(partition, offset, read).record(offset);
            }
        }
        throw new TimeoutException("no answer about %s@%d within %d s".formatted(
                partition, offset, PATIENCE.toSeconds()));
    }

    /** Reads from an offset up to another one, and further to what is committed now. */
    List<ConsumerRecord<byte[], byte[]>> all(TopicPartition partition, long from, long atLeastTo,
            Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        seek(partition, Math.max(from, consumer.beginningOffsets(Set.of(partition)).get(partition)));
        long end = Math.max(atLeastTo, consumer.endOffsets(Set.of(partition)).get(partition));
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        while (consumer.position(partition) < end) {
            consumer.poll(POLL).records(partition).stream().filter(wanted).forEach(found::add);
        }
        return found;
    }

    /** The offset of the first record with this timestamp or a later one. */
    Optional<Long> offsetAt(TopicPartition partition, Instant time) {
        return Optional.ofNullable(offsetsAt(List.of(partition), time).get(partition));
    }

    /** The same for several partitions; those without one are left out. */
    Map<TopicPartition, Long> offsetsAt(Collection<TopicPartition> partitions, Instant time) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, time.toEpochMilli()));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        consumer.offsetsForTimes(times).forEach((partition, found) ->
                Optional.ofNullable(found).map(OffsetAndTimestamp::offset)
                        .ifPresent(offset -> offsets.put(partition, offset)));
        return offsets;
    }

    long end(TopicPartition partition) {
        return consumer.endOffsets(Set.of(partition)).get(partition);
    }

    private void seek(TopicPartition partition, long offset) {
        if (!assigned.equals(Optional.of(partition))) {
            consumer.assign(Set.of(partition));
            assigned = Optional.of(partition);
            consumer.seek(partition, offset);
        } else if (consumer.position(partition) != offset) {
            consumer.seek(partition, offset);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
