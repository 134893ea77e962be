package io.offerflow.bench.report;

import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.RunInfo.Machine;
import io.offerflow.bench.result.RunInfo;
import io.offerflow.bench.subject.LatencyCommand;
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
        return new BenchResult(run("ladder"), List.of(
                new Figure("workload", "all commands", Figure.named("commands", 1000, "input B", 500)),
                new Figure("command", "SaveSection", Figure.named("share %", 60)),
                new Figure("command", "SubmitOffer", Figure.named("share %", 40)),
                round("null-stateful", 30_000, 20), round("service", service, 25),
                round("null-stateful", 32_000, 22), round("service", service * 1.02, 24)));
    }

    static BenchResult latency() {
        return new BenchResult(run("latency"), List.of(latency("1,000", 40), latency("5,000", 70),
                latency("20,000 (void: the loader's own lag was 20 ms at p99, more than 10 ms)", 900)));
    }

    static BenchResult recovery() {
        return new BenchResult(run("recovery"), List.of(recovery("kill, state kept", "s", 3.5),
                recovery("kill, state kept", "s", 4.5),
                recovery("kill, state wiped", "s", 6, "records restored", 100_000, "records/s", 260_000)));
    }

    private static RunInfo run(String kind) {
        return new RunInfo(kind, "2026-01-02", MACHINE, "./offerflow bench " + kind,
                new TreeMap<>(Map.of("partitions", "4", "seed", "1")), Optional.of(1.2));
    }

    private static Figure round(String subject, double perSecond, double app) {
        return new Figure("subject", subject, Figure.named("commands/s", perSecond, "app + broker µs", app + 5,
                "app µs", app, "broker µs", 5, "others %", 1));
    }

    private static Figure latency(String rate, double p99) {
        return new Figure(LatencyCommand.RATES, rate, Figure.named("p50 ms", p99 / 2, "p99 ms", p99, "p99.9 ms",
                p99 * 1.5, "app µs", 40));
    }

    private static Figure recovery(String action, Object... values) {
        return new Figure("action", action, Figure.named(values));
    }
}
