package io.offerflow.replay;

import java.time.Instant;
import java.util.Map;

/** Up to where a replay goes. */
public sealed interface Until {

    /** Everything that is there when it begins. */
    record Latest() implements Until {
    }

    /**
     * Each offer as it was written down at an instant: up to its first entry with a later time. Entries of different
     * offers are not in the order of their times, and need not be.
     */
    record At(Instant instant) implements Until {
    }

    /** Some partitions, each up to and with an offset. */
    record Entries(Map<Integer, Long> offsets) implements Until {
        public Entries {
            offsets = Map.copyOf(offsets);
        }
    }
}
