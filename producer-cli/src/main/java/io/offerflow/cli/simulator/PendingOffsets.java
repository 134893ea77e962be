package io.offerflow.cli.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps the offsets of the requests that are not answered, so that an offset is committed only when all requests before
 * it are answered. Answers come from the thread of the producer, all other calls from the thread of the consumer.
 */
final class PendingOffsets {

    private static final class PartitionOffsets {
        private final TreeSet<Long> open = new TreeSet<>();
        private long next;
        private long committed = -1;
    }

    private final Map<TopicPartition, PartitionOffsets> partitions = new HashMap<>();

    synchronized void received(TopicPartition partition, long offset) {
        PartitionOffsets known = partitions.computeIfAbsent(partition, key -> new PartitionOffsets());
        known.open.add(offset);
        known.next = offset + 1;
    }

    synchronized void answered(TopicPartition partition, long offset) {
        PartitionOffsets known = partitions.get(partition);
        if (known != null) {
            known.open.remove(offset);
        }
    }

    /** Forgets partitions that another member takes over; it receives their open requests again. */
    synchronized void revoked(Iterable<TopicPartition> gone) {
        gone.forEach(partitions::remove);
    }

    /** Whether this member still has to answer the request. */
    synchronized boolean isOpen(TopicPartition partition, long offset) {
        PartitionOffsets known = partitions.get(partition);
        return known != null && known.open.contains(offset);
    }

    /** The offsets that can be committed and are not committed yet. */
    synchronized Map<TopicPartition, OffsetAndMetadata> committable() {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        partitions.forEach((partition, known) -> {
            long safe = known.open.isEmpty() ? known.next : known.open.first();
            if (safe > known.committed) {
                offsets.put(partition, new OffsetAndMetadata(safe));
            }
        });
        return offsets;
    }

    synchronized void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            PartitionOffsets known = partitions.get(partition);
            if (known != null) {
                known.committed = offset.offset();
            }
        });
    }
}
