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

    /**
     * What the service does for a command, on average over a workload; all 0 where footprints were not taken.
     *
     * @param reads store look-ups
     * @param writes store changes
     * @param storedBytes bytes written to stores
     * @param records records written to output topics
     * @param sentBytes bytes of those records, headers included
     */
    public record AverageFootprint(double reads, double writes, double storedBytes, double records, double sentBytes) {
    }
}
