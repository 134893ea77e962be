package io.offerflow.faults.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures the time from a fault to the next committed outcome of an input that was appended after it, or to the next
 * answer of the gateway, or delivery of the notifier.
 */
public final class RecoveryTimes {

    /** The partition of answers of the gateway. */
    public static final int GATEWAY = -1;

    /** The partition of deliveries of the notifier. */
    public static final int NOTIFIER = -2;

    private final List<Recovery> open = new ArrayList<>();

    /** The recovery from one fault, by affected partition. */
    public static final class Recovery {

        private final long begun = System.currentTimeMillis();
        private final Set<Integer> affected;
        private final Map<Integer, Long> took = new HashMap<>();

        private Recovery(Set<Integer> affected) {
            this.affected = affected;
        }

        private synchronized boolean outcome(int partition, long appendedAt) {
            if (affected.contains(partition) && appendedAt > begun) {
                took.putIfAbsent(partition, System.currentTimeMillis() - begun);
            }
            return took.size() == affected.size();
        }

        /** The time of the partition that took longest; empty if one has had no outcome yet. */
        public synchronized Optional<Duration> longest() {
            return took.size() < affected.size() ? Optional.empty()
                    : took.values().stream().max(Long::compare).map(Duration::ofMillis);
        }
    }

    /** A fault happens now. */
    public synchronized Recovery begin(Set<Integer> affected) {
        Recovery recovery = new Recovery(affected);
        open.add(recovery);
        return recovery;
    }

    synchronized void outcome(int partition, long appendedAt) {
        open.removeIf(recovery -> recovery.outcome(partition, appendedAt));
    }
}
