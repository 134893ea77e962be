package io.offerflow.bench.result;

import static io.offerflow.bench.result.MarkdownTable.text;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Results as Markdown tables. */
public final class ResultTables {

    private static final double NOISY_SPREAD = 0.15;
    private static final double NOISY_OTHERS = 0.05;

    private ResultTables() {
    }

    public static String line(ThroughputSample sample) {
        CpuUse cpu = sample.cpu();
        return text("%-14s round %d: %,9.0f commands/s, CPU µs app %.1f broker %.1f checker %.1f, others %s",
                sample.subject(), sample.round(), sample.perSecond(), cpu.of(CpuUse.APP), cpu.of(CpuUse.BROKER),
                cpu.of(CpuUse.CHECKER), share(cpu.othersShare()));
    }

    public static String throughput(BenchResult result) {
        MarkdownTable table = new MarkdownTable("subject", "commands/s, median (min–max)",
                "CPU per command: app + broker, median", "app", "broker", "harness", "others");
        for (String subject : result.subjects()) {
            List<ThroughputSample> samples = result.samplesOf(subject);
            MedianRange rate = MedianRange.of(samples, ThroughputSample::perSecond);
            double others = median(samples, CpuUse::othersShare);
            boolean noisy = rate.share() > NOISY_SPREAD || others > NOISY_OTHERS;
            table.row(subject + (noisy ? " (noisy)" : ""),
                    text("%,.0f (%,.0f–%,.0f)", rate.median(), rate.min(), rate.max()),
                    text("%.1f µs", median(samples, CpuUse::measured)),
                    text("%.1f µs", median(samples, cpu -> cpu.of(CpuUse.APP))),
                    text("%.1f µs", median(samples, cpu -> cpu.of(CpuUse.BROKER))),
                    share(median(samples, CpuUse::harnessShare)), share(others));
        }
        return table.toString();
    }

    private static double median(List<ThroughputSample> samples, ToDoubleFunction<CpuUse> value) {
        return MedianRange.of(samples, sample -> value.applyAsDouble(sample.cpu())).median();
    }

    public static String latency(List<LatencySample> latencies) {
        MarkdownTable table = new MarkdownTable("commands/s", "p50", "p90", "p99", "p99.9", "max",
                "loader's lag p99", "CPU per command: app + broker", "loader + checker", "others");
        for (LatencySample sample : latencies) {
            List<String> cells = new ArrayList<>(List.of(text("%,d%s", sample.perSecond(),
                    sample.voided().map(why -> " (void: " + why + ")").orElse(""))));
            List.of("p50", "p90", "p99", "p99.9", "max").forEach(percentile ->
                    cells.add(text("%,.0f ms", sample.millis().getOrDefault(percentile, 0.0))));
            CpuUse cpu = sample.cpu();
            cells.addAll(List.of(text("%.1f ms", sample.loaderLagP99Millis()), text("%.1f µs", cpu.measured()),
                    text("%.1f µs", cpu.of(CpuUse.LOADER) + cpu.of(CpuUse.CHECKER)), share(cpu.othersShare())));
            table.row(cells.toArray());
        }
        return table.toString();
    }

    /** The recoveries of a result, by kind. */
    public static String recovery(BenchResult result) {
        MarkdownTable table = new MarkdownTable("action", "times", "to the next committed outcome, median (max)",
                "records restored", "records/s", "harness");
        for (String kind : result.recoveries().stream().map(RecoverySample::kind).distinct().toList()) {
            List<RecoverySample> samples = result.recoveries().stream()
                    .filter(each -> each.kind().equals(kind)).toList();
            MedianRange seconds = MedianRange.of(samples, RecoverySample::seconds);
            table.row(kind, samples.size(), text("%.1f s (%.1f s)", seconds.median(), seconds.max()),
                    orDash(MedianRange.of(samples, RecoverySample::restored).median()),
                    orDash(MedianRange.of(samples, RecoverySample::restoredPerSecond).median()),
                    share(MedianRange.of(samples, RecoverySample::harnessShare).median()));
        }
        return table.toString();
    }

    private static String orDash(double value) {
        return value == 0 ? "–" : text("%,.0f", value);
    }

    public static String figures(BenchResult result) {
        return result.figures().stream().map(Figure::curve).distinct()
                .map(curve -> figures(curve, result.figuresOf(curve))).collect(Collectors.joining("\n"));
    }

    public static String figures(String curve, List<Figure> points) {
        Set<String> names = new LinkedHashSet<>();
        points.forEach(point -> names.addAll(point.values().keySet()));
        MarkdownTable table = new MarkdownTable(Stream.concat(Stream.of(curve), names.stream()).toArray(String[]::new));
        points.forEach(point -> table.row(Stream.concat(Stream.of(point.point()),
                names.stream().map(name -> shown(point.values().get(name)))).toArray()));
        return table.toString();
    }

    private static String shown(Double value) {
        return value == null ? "–" : text(Math.abs(value) >= 1000 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f",
                value);
    }

    private static String share(double share) {
        return share < 0 ? "?" : text("%.0f %%", 100 * share);
    }
}
