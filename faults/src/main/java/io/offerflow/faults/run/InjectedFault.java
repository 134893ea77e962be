package io.offerflow.faults.run;

import java.util.Optional;
import java.util.Set;

/**
 * A fault of a run.
 *
 * @param second of the run at which it began
 * @param target what it has harmed
 * @param partitions that were processed there; none if an instance had only standbys
 * @param recoverySeconds from the fault to the next committed outcome of the affected partition that took longest;
 *         empty if a partition had no outcome until the end
 */
public record InjectedFault(int number, FaultKind kind, double second, String target,
        Set<Integer> partitions, Optional<Double> recoverySeconds) {

    /** Whether it took longer than a time until all its partitions had an outcome again, or they had none. */
    boolean isLongerThan(double seconds) {
        return !partitions.isEmpty() && recoverySeconds.filter(took -> took <= seconds).isEmpty();
    }
}
