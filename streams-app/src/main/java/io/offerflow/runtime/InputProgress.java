package io.offerflow.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** Judges whether the input partitions of this instance make progress, from repeated samples of their offsets. */
final class InputProgress {

    /**
     * The offsets of a partition at one time.
     *
     * @param position offset of the next record to fetch
     * @param delivered offset after the last record that went to its task
     * @param committed offset that the group has committed
     * @param end offset after the last committed record of the partition
     */
    record OffsetSample(TopicPartition partition, long position, OptionalLong delivered, OptionalLong committed,
            long end) {

        /**
         * Whether there is something to take. Transaction markers at the end are passed by the position, but committed
         * only with the next record.
         */
        private boolean pending() {
            return position < end || delivered.isPresent() && delivered.getAsLong() > committed.orElse(-1);
        }

        private long next() {
            return delivered.isPresent() && delivered.getAsLong() > committed.orElse(-1)
                    ? committed.orElse(0) : position;
        }

        private boolean sameOffsets(OffsetSample earlier) {
            return position == earlier.position && delivered.equals(earlier.delivered)
                    && committed.equals(earlier.committed);
        }
    }

    /**
     * A partition that takes nothing although there is something to take.
     *
     * @param since when it was first seen with these offsets and something to take
     * @param offset the one that it does not pass
     * @param lag number of offsets up to the end
     */
    record Stall(TopicPartition partition, Instant since, long offset, long lag) {
    }

    private record Observation(OffsetSample sample, Instant since) {
    }

    private final Duration limit;
    private Map<TopicPartition, Observation> known = Map.of();

    /**
     * Creates a judge.
     *
     * @param limit how long a partition may keep its offsets while there is something to take
     */
    InputProgress(Duration limit) {
        this.limit = limit;
    }

    /** The partitions that do not make progress, by name; a partition without a sample is forgotten. */
    List<Stall> judge(Collection<OffsetSample> samples, Instant now) {
        Map<TopicPartition, Observation> next = new HashMap<>();
        for (OffsetSample sample : samples) {
            Observation earlier = known.get(sample.partition());
            boolean unchanged = earlier != null && earlier.sample().pending() && sample.sameOffsets(earlier.sample());
            next.put(sample.partition(), new Observation(sample, unchanged ? earlier.since() : now));
        }
        known = next;
        return next.values().stream().filter(seen -> seen.sample().pending()
                && Duration.between(seen.since(), now).compareTo(limit) >= 0)
                .map(seen -> new Stall(seen.sample().partition(), seen.since(), seen.sample().next(),
                        seen.sample().end() - seen.sample().next()))
                .sorted(Comparator.comparing(stall -> stall.partition().toString())).toList();
    }
}
