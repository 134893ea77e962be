package io.offerflow.replay.journal;

import java.time.Instant;
import java.util.Map;

/** The end of a replay. */
public sealed interface ReplayBound {

    /** Whether a position of a partition is at or before the end of the replay. */
    default boolean includes(int partition, FoldPosition position) {
        return switch (this) {
            case Latest latest -> true;
            case AtInstant at -> !position.newest().isAfter(at.instant());
            case AtEntries entries -> position.nextOffset() <= entries.offsets().getOrDefault(partition, -1L) + 1;
        };
    }

    /** All entries that exist when the replay starts. */
    record Latest() implements ReplayBound {
    }

    /**
     * Each offer up to its first entry with a later time. Entries of different offers are not ordered by time, and need
     * not be.
     */
    record AtInstant(Instant instant) implements ReplayBound {
    }

    /** Some partitions, each up to an offset, inclusive. */
    record AtEntries(Map<Integer, Long> offsets) implements ReplayBound {
        public AtEntries {
            offsets = Map.copyOf(offsets);
        }
    }
}
