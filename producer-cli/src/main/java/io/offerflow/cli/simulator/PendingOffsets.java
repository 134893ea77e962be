package io.offerflow.cli.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which requests are still unanswered, so that an offset is committed only when nothing before it is.
 *
 * <p>Answers come from the producer's thread, everything else from the consumer's.
 */
final class PendingOffsets {

    private static final class Partition {
        private final TreeSet<Long> open = new TreeSet<>();
        private long next;
        private long committed = -1;
    }

    private final Map<TopicPartition, Partition> partitions = new HashMap<>();

    synchronized void taken(TopicPartition partition, long offset) {
        Partition known = partitions.computeIfAbsent(partition, key -> new Partition());
        known.open.add(offset);
        known.next = offset + 1;
    }

    synchronized void answered(TopicPartition partition, long offset) {
        Partition known = partitions.get(partition);
        if (known != null) {
            known.open.remove(offset);
        }
    }

    /** Forgets partitions that went to another member, which is given their open requests again. */
    synchronized void revoked(Iterable<TopicPartition> gone) {
        gone.forEach(partitions::remove);
    }

    /** Whether the request is still this member's to answer. */
    synchronized boolean isOpen(TopicPartition partition, long offset) {
        Partition known = partitions.get(partition);
        return known != null && known.open.contains(offset);
    }

    /** What can be committed and has not been yet. */
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
            Partition known = partitions.get(partition);
            if (known != null) {
                known.committed = offset.offset();
            }
        });
    }
}
