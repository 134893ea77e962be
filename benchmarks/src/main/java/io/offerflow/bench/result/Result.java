package io.offerflow.bench.result;

import io.offerflow.bench.load.WorkloadSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one verb found, as it is saved.
 *
 * @param kind the verb
 * @param day when, as a date
 * @param command how to get it again
 * @param settings by name, those that were not given too
 */
public record Result(String kind, String day, Machine machine, String command, Map<String, String> settings,
        Optional<WorkloadSummary> workload, List<Sample> samples, List<LatencySample> latencies,
        List<RecoverySample> recoveries) {

    public Result {
        samples = samples == null ? List.of() : List.copyOf(samples); // absent in a saved file
        latencies = latencies == null ? List.of() : List.copyOf(latencies);
        recoveries = recoveries == null ? List.of() : List.copyOf(recoveries);
    }

    /** The subjects, in the order in which they ran. */
    public List<String> subjects() {
        return samples.stream().map(Sample::subject).distinct().toList();
    }

    public List<Sample> of(String subject) {
        return samples.stream().filter(sample -> sample.subject().equals(subject)).toList();
    }
}
