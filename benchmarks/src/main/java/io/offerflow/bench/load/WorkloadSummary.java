package io.offerflow.bench.load;

import java.util.Map;

/**
 * A workload in numbers, as results carry it.
 *
 * @param commands what was asked, by kind: how many
 * @param results what became of it: how many
 * @param valueBytes bytes of an input's value, on average
 * @param reads store look-ups a command, on average; 0 where footprints were not taken
 * @param writes store changes a command, on average
 * @param storedBytes bytes written to stores a command, on average
 * @param records written to output topics a command, on average
 * @param sentBytes bytes of those records, headers included, a command, on average
 */
public record WorkloadSummary(WorkloadSpec spec, Map<String, Integer> commands,
        Map<String, Integer> results, double valueBytes, double reads, double writes, double storedBytes,
        double records, double sentBytes) {
}
