package io.offerflow.replay.journal;

import java.time.Instant;
import java.util.Map;

/** Up to where a replay goes. */
public sealed interface ReplayBound {

    /** Everything that is there when it begins. */
    record Latest() implements ReplayBound {
    }

    /**
     * Each offer as it was written down at an instant: up to its first entry with a later time. Entries of different
     * offers are not in the order of their times, and need not be.
     */
    record AtInstant(Instant instant) implements ReplayBound {
    }

    /** Some partitions, each up to and with an offset. */
    record AtEntries(Map<Integer, Long> offsets) implements ReplayBound {
        public AtEntries {
            offsets = Map.copyOf(offsets);
        }
    }
}
