package io.offerflow.notifier.delivery;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The batch that was read last from each partition: events that wait are often next to each other. */
final class RecordBatches {

    /** Most bytes of all batches together; the one that was not used for the longest time is forgotten first. */
    static final long MOST_BYTES = 16 * 1024 * 1024;

    /** Records with the offsets from {@code from} up to, but without, {@code next}. */
    record ReadBatch(long from, long next, Map<Long, ConsumerRecord<byte[], byte[]>> records, long bytes) {

        /** The record at an offset of the batch; empty if the topic does not have it. */
        Optional<ConsumerRecord<byte[], byte[]>> record(long offset) {
            return Optional.ofNullable(records.get(offset));
        }
    }

    private final LinkedHashMap<TopicPartition, ReadBatch> batches = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** The batch with this offset, if it is known. */
    Optional<ReadBatch> of(TopicPartition partition, long offset) {
        return Optional.ofNullable(batches.get(partition))
                .filter(batch -> batch.from() <= offset && offset < batch.next());
    }

    ReadBatch keep(TopicPartition partition, long from, RecordReader.ReadRecords read) {
        Map<Long, ConsumerRecord<byte[], byte[]>> records = new HashMap<>();
        read.records().forEach(record -> records.put(record.offset(), record));
        long size = read.records().stream().mapToLong(record -> Math.max(0, record.serializedValueSize())).sum();
        ReadBatch batch = new ReadBatch(from, read.next(), records, size);
        bytes += size - Optional.ofNullable(batches.put(partition, batch)).map(ReadBatch::bytes).orElse(0L);
        for (Iterator<ReadBatch> eldest = batches.values().iterator(); bytes > MOST_BYTES && eldest.hasNext();) {
            bytes -= eldest.next().bytes();
            eldest.remove();
        }
        return batch;
    }
}
