package io.offerflow.faults.run;

import io.offerflow.faults.oracle.Violation;
import java.util.List;

/**
 * What a run has shown.
 *
 * @param inputs number of inputs, without repetitions
 * @param repeated number of repetitions, after 15 s without an answer
 * @param failed number of inputs that the brokers did not acknowledge in time
 */
public record RunReport(long seed, long inputs, long repeated, long failed, List<Violation> violations) {
}
