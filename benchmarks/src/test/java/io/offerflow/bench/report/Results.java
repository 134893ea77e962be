package io.offerflow.bench.report;

import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.CpuUse;
import io.offerflow.bench.result.LatencySample;
import io.offerflow.bench.result.RecoverySample;
import io.offerflow.bench.result.RunInfo.Machine;
import io.offerflow.bench.result.RunInfo;
import io.offerflow.bench.result.ThroughputSample;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.result.WorkloadSummary.AverageFootprint;
import io.offerflow.bench.result.WorkloadSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Invented results. */
final class Results {

    private static final Machine MACHINE =
            new Machine(2, "Some processor", 24, "Linux amd64", "Some 25", "4.3.1");

    private Results() {
    }

    static BenchResult ladder(double service) {
        return BenchResult.ofSamples(run("ladder"), new WorkloadSummary(WorkloadSpec.standard(1000, 50),
                new TreeMap<>(Map.of("SaveSection", 600, "SubmitOffer", 400)),
                new TreeMap<>(Map.of("ACCEPTED", 950, "REJECTED", 50)), 500,
                new AverageFootprint(4, 2, 800, 3, 1500)),
                List.of(sample("null-stateful", 1, 30_000, 20), sample("service", 1, service, 25),
                        sample("null-stateful", 2, 32_000, 22), sample("service", 2, service * 1.02, 24)));
    }

    static BenchResult latency() {
        return new BenchResult(run("latency"), Optional.empty(), List.of(), List.of(
                latency(1000, 40, Optional.empty()), latency(5000, 70, Optional.empty()),
                latency(20000, 900, Optional.of("the loader's own lag was 20 ms at p99, more than 10 ms"))), List.of(),
                List.of());
    }

    static BenchResult recovery() {
        return BenchResult.ofRecoveries(run("recovery"), List.of(
                new RecoverySample("kill, state kept", 1, 3.5, 0, 0, 0.12),
                new RecoverySample("kill, state kept", 2, 4.5, 0, 0, 0.14),
                new RecoverySample("kill, state wiped", 1, 6, 100_000, 260_000, 0.1)));
    }

    private static RunInfo run(String kind) {
        return new RunInfo(kind, "2026-01-02", MACHINE, "./offerflow bench " + kind,
                new TreeMap<>(Map.of("partitions", "4", "seed", "1")), Optional.of(1.2));
    }

    private static ThroughputSample sample(String subject, int round, double perSecond, double app) {
        return new ThroughputSample(subject, round, 750, 1, perSecond, cpu(Map.of(CpuUse.APP, app, CpuUse.BROKER, 5.0,
                CpuUse.CHECKER, 1.5)));
    }

    private static LatencySample latency(int rate, double p99, Optional<String> voided) {
        return new LatencySample("service", rate, rate * 60, new TreeMap<>(Map.of("p50", p99 / 2, "p90", p99 * 0.8,
                "p99", p99, "p99.9", p99 * 1.5, "max", p99 * 2)), 2.5, cpu(Map.of(CpuUse.APP, 40.0,
                CpuUse.BROKER, 20.0, CpuUse.LOADER, 9.0, CpuUse.CHECKER, 2.0)), 0, voided);
    }

    private static CpuUse cpu(Map<String, Double> micros) {
        return new CpuUse(new TreeMap<>(micros), 0.01, 1.2);
    }
}
