package io.offerflow.bench.result;

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
