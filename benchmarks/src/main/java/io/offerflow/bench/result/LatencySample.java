package io.offerflow.bench.result;

import java.util.Map;
import java.util.Optional;

/**
 * Latency at one rate, open loop: from when a command should have been sent to the reading of its committed outcome.
 *
 * @param millis by percentile: p50, p90, p99, p99.9, max
 * @param loaderLagP99Millis how late the loader itself was
 * @param cpuMicros processor time a command of each part, in µs, the loader too
 * @param different outcomes that tell that commands of one offer overtook each other between topics
 * @param voided why it says nothing, if so
 */
public record LatencySample(String subject, int perSecond, int commands, Map<String, Double> millis,
        double loaderLagP99Millis, Map<String, Double> cpuMicros, int different, double othersShare,
        double loadAverage, Optional<String> voided) {
}
