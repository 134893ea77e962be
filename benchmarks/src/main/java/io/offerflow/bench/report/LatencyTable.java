package io.offerflow.bench.report;

import static io.offerflow.bench.report.LadderTable.text;

import io.offerflow.bench.result.LatencySample;
import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.Sample;

/** Latencies as a Markdown table. */
public final class LatencyTable {

    private LatencyTable() {
    }

    /** All rates of a result. */
    public static String of(Result result) {
        StringBuilder table = new StringBuilder("""
                | commands/s | p50 | p90 | p99 | p99.9 | max | loader's lag p99 | CPU a command: app + broker \
                | loader + checker | others |
                |---|---|---|---|---|---|---|---|---|---|
                """);
        result.latencies().forEach(sample -> table.append(line(sample)));
        return table.toString();
    }

    /** One rate. */
    public static String line(LatencySample sample) {
        return text("| %,d%s | %s | %s | %s | %s | %s | %.1f ms | %.1f µs | %.1f µs | %s |%n", sample.perSecond(),
                sample.voided().map(why -> " (void: " + why + ")").orElse(""), millis(sample, "p50"),
                millis(sample, "p90"), millis(sample, "p99"), millis(sample, "p99.9"), millis(sample, "max"),
                sample.loaderLagP99Millis(), cpu(sample, Sample.APP) + cpu(sample, Sample.BROKER),
                cpu(sample, "loader") + cpu(sample, Sample.CHECKER), LadderTable.share(sample.othersShare()));
    }

    private static String millis(LatencySample sample, String percentile) {
        return text("%,.0f ms", sample.millis().getOrDefault(percentile, 0.0));
    }

    private static double cpu(LatencySample sample, String part) {
        return sample.cpuMicros().getOrDefault(part, 0.0);
    }
}
