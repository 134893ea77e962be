package io.offerflow.bench.result;

import java.util.Map;
import java.util.Optional;

/**
 * Latency at one rate, open loop: from the intended send time of a command until its committed outcome is read.
 *
 * @param millis by percentile: p50, p90, p99, p99.9, max
 * @param loaderLagP99Millis how late the loader sent
 * @param different outcomes that differ because commands of one offer overtook each other between topics
 * @param voided why the sample is void, if it is
 */
public record LatencySample(String subject, int perSecond, int commands, Map<String, Double> millis,
        double loaderLagP99Millis, CpuUse cpu, int different, Optional<String> voided) {
}
