package io.offerflow.bench.report;

import io.offerflow.bench.load.WorkloadSpec;
import io.offerflow.bench.load.WorkloadSummary;
import io.offerflow.bench.result.LatencySample;
import io.offerflow.bench.result.Machine;
import io.offerflow.bench.result.RecoverySample;
import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.Sample;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Results that nobody measured. */
final class Results {

    private static final Machine MACHINE = new Machine(2, "Some processor", 24, "Linux amd64", "Some 25", "4.3.1");

    private Results() {
    }

    static Result ladder(double service) {
        return result("ladder", Optional.of(new WorkloadSummary(WorkloadSpec.standard(1000, 50),
                new TreeMap<>(Map.of("SaveSection", 600, "SubmitOffer", 400)),
                new TreeMap<>(Map.of("ACCEPTED", 950, "REJECTED", 50)), 500, 4, 2, 800, 3, 1500)),
                List.of(sample("null-stateful", 1, 30_000, 20), sample("service", 1, service, 25),
                        sample("null-stateful", 2, 32_000, 22), sample("service", 2, service * 1.02, 24)), List.of(),
                List.of());
    }

    static Result latency() {
        return result("latency", Optional.empty(), List.of(), List.of(
                latency(1000, 40, Optional.empty()), latency(5000, 70, Optional.empty()),
                latency(20000, 900, Optional.of("the loader's own lag was 20 ms at p99, more than 10 ms"))), List.of());
    }

    static Result recovery() {
        return result("recovery", Optional.empty(), List.of(), List.of(), List.of(
                new RecoverySample("kill, state kept", 1, 3.5, 0, 0, 0.12),
                new RecoverySample("kill, state kept", 2, 4.5, 0, 0, 0.14),
                new RecoverySample("kill, state wiped", 1, 6, 100_000, 260_000, 0.1)));
    }

    private static Result result(String kind, Optional<WorkloadSummary> workload, List<Sample> samples,
            List<LatencySample> latencies, List<RecoverySample> recoveries) {
        return new Result(kind, "2026-01-02", MACHINE, "./offerflow bench " + kind,
                new TreeMap<>(Map.of("partitions", "4", "seed", "1")), workload, samples, latencies, recoveries);
    }

    private static Sample sample(String subject, int round, double perSecond, double app) {
        return new Sample(subject, round, 750, 1, perSecond, new TreeMap<>(Map.of(Sample.APP, app, Sample.BROKER, 5.0,
                Sample.CHECKER, 1.5)), 0.01, 1.2);
    }

    private static LatencySample latency(int rate, double p99, Optional<String> voided) {
        return new LatencySample("service", rate, rate * 60, new TreeMap<>(Map.of("p50", p99 / 2, "p90", p99 * 0.8,
                "p99", p99, "p99.9", p99 * 1.5, "max", p99 * 2)), 2.5, new TreeMap<>(Map.of(Sample.APP, 40.0,
                Sample.BROKER, 20.0, "loader", 9.0, Sample.CHECKER, 2.0)), 0, 0.01, 1.1, voided);
    }
}
