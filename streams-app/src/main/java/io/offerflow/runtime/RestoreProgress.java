package io.offerflow.runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Number of changelog records that are still to be restored before this instance processes its partitions. A store that
 * has rows from after the end of its changelog is not used: the next restore would give another state without a word.
 */
final class RestoreProgress implements StateRestoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreProgress.class);

    private final Map<TopicPartition, Long> starts = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> remaining = new ConcurrentHashMap<>();

    long remaining() {
        return remaining.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
        if (from > to) {
            throw new ProcessorStateException(("store %s has rows up to offset %d of %s, but the topic ends at %d: the "
                    + "brokers have lost its end. Restore the partition from a replica or a copy, or build the state "
                    + "again from the journal with `offerflow replay new-generation`").formatted(store, from - 1,
                            partition, to));
        }
        starts.put(partition, from);
        remaining.put(partition, Math.max(0, to - from));
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long end, long restored) {
        remaining.computeIfPresent(partition, (known, left) -> Math.max(0, left - restored));
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long total) {
        if (total > 0) {
            LOG.info("restored store {} from offset {} of {}: {} records", store, starts.get(partition), partition,
                    total);
        }
        remaining.remove(partition);
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long total) {
        remaining.remove(partition);
    }
}
