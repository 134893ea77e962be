package io.offerflow.faults.run;

import java.util.Optional;

/**
 * A fault of a run.
 *
 * @param second of the run at which it began
 * @param target what it has harmed
 * @param recoverySeconds from the fault to the next committed outcome of the affected partition that took longest;
 *         empty if a partition had no outcome until the end
 */
public record InjectedFault(int number, FaultKind kind, double second, String target,
        Optional<Double> recoverySeconds) {
}
