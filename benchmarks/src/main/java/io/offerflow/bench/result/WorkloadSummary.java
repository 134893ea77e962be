package io.offerflow.bench.result;

import java.util.Map;

/**
 * A workload in numbers.
 *
 * @param commands number of commands by kind
 * @param results number of commands by outcome, with the reason of a refusal
 * @param valueBytes average size of an input's value
 */
public record WorkloadSummary(WorkloadSpec spec, Map<String, Integer> commands, Map<String, Integer> results,
        double valueBytes, AverageFootprint perCommand) {

    /** What the service does for a command, on average; bytes with keys and headers; all 0 without footprints. */
    public record AverageFootprint(double reads, double writes, double storedBytes, double records, double sentBytes) {
    }
}
