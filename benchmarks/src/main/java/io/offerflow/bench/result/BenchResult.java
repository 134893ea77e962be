package io.offerflow.bench.result;

import java.util.List;
import java.util.Optional;

/** The result of one verb, as it is saved; each verb fills the lists that it measures. */
public record BenchResult(RunInfo run, Optional<WorkloadSummary> workload, List<ThroughputSample> samples,
        List<LatencySample> latencies, List<RecoverySample> recoveries, List<Figure> figures) {

    public BenchResult {
        samples = samples == null ? List.of() : List.copyOf(samples); // empty lists are not saved
        latencies = latencies == null ? List.of() : List.copyOf(latencies);
        recoveries = recoveries == null ? List.of() : List.copyOf(recoveries);
        figures = figures == null ? List.of() : List.copyOf(figures);
    }

    public static BenchResult ofSamples(RunInfo run, WorkloadSummary workload, List<ThroughputSample> samples) {
        return new BenchResult(run, Optional.of(workload), samples, List.of(), List.of(), List.of());
    }

    public static BenchResult ofLatencies(RunInfo run, WorkloadSummary workload, List<LatencySample> latencies) {
        return new BenchResult(run, Optional.of(workload), List.of(), latencies, List.of(), List.of());
    }

    public static BenchResult ofRecoveries(RunInfo run, List<RecoverySample> recoveries) {
        return new BenchResult(run, Optional.empty(), List.of(), List.of(), recoveries, List.of());
    }

    public static BenchResult ofFigures(RunInfo run, List<Figure> figures) {
        return new BenchResult(run, Optional.empty(), List.of(), List.of(), List.of(), figures);
    }

    /** The subjects, in the order in which they ran. */
    public List<String> subjects() {
        return samples.stream().map(ThroughputSample::subject).distinct().toList();
    }

    public List<ThroughputSample> samplesOf(String subject) {
        return samples.stream().filter(sample -> sample.subject().equals(subject)).toList();
    }

    /** The points of one curve, in the order of the file. */
    public List<Figure> figuresOf(String curve) {
        return figures.stream().filter(figure -> figure.curve().equals(curve)).toList();
    }

    public double value(String curve, String point, String name) {
        return figuresOf(curve).stream().filter(figure -> figure.point().equals(point)).findFirst()
                .map(figure -> figure.values().get(name)).orElseThrow(() -> new IllegalArgumentException(
                        "there is no figure %s / %s / %s".formatted(curve, point, name)));
    }
}
