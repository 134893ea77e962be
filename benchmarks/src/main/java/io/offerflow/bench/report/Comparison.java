package io.offerflow.bench.report;

import static io.offerflow.bench.report.LadderTable.text;

import io.offerflow.bench.BenchException;
import io.offerflow.bench.result.LatencySample;
import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.Sample;
import io.offerflow.bench.result.Spread;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Two results of one kind, side by side, as ratios new to saved. */
final class Comparison {

    private Comparison() {
    }

    /**
     * A table, and before it what keeps the two from being alike.
     *
     * @throws BenchException if they are of different verbs
     */
    static String of(Result saved, Result fresh) {
        if (!saved.kind().equals(fresh.kind())) {
            throw new BenchException("a result of %s cannot be compared with one of %s".formatted(fresh.kind(),
                    saved.kind()));
        }
        StringBuilder table = new StringBuilder();
        differences(saved, fresh).forEach((name, values) -> table.append(text("not alike: %s %s%n", name, values)));
        table.append("| what | saved | new | new / saved | |\n|---|---|---|---|---|\n");
        saved.subjects().stream().filter(fresh.subjects()::contains).forEach(subject -> {
            row(table, subject + ", commands/s", saved.of(subject), fresh.of(subject), Sample::perSecond);
            row(table, subject + ", CPU µs a command", saved.of(subject), fresh.of(subject), Sample::cpu);
        });
        saved.latencies().forEach(before -> fresh.latencies().stream()
                .filter(after -> after.perSecond() == before.perSecond())
                .forEach(after -> latency(table, before, after)));
        return table.toString();
    }

    private static Map<String, String> differences(Result saved, Result fresh) {
        Map<String, String> all = new TreeMap<>();
        saved.settings().forEach((name, value) -> {
            String now = fresh.settings().getOrDefault(name, "not given");
            if (!now.equals(value)) {
                all.put(name, "%s → %s".formatted(value, now));
            }
        });
        if (!saved.machine().equals(fresh.machine())) {
            all.put("machine", "%s → %s".formatted(saved.machine(), fresh.machine()));
        }
        return all;
    }

    /** A difference that is smaller than the runs of one side differ among each other may be chance. */
    private static void row(StringBuilder table, String what, List<Sample> saved, List<Sample> fresh,
            ToDoubleFunction<Sample> of) {
        Spread before = LadderTable.spread(saved, of);
        Spread after = LadderTable.spread(fresh, of);
        boolean apart = after.min() > before.max() || after.max() < before.min();
        row(table, what, before.median(), after.median(), apart ? "" : "within the spread");
    }

    private static void latency(StringBuilder table, LatencySample before, LatencySample after) {
        before.millis().forEach((percentile, value) -> row(table,
                text("%,d/s, %s in ms", before.perSecond(), percentile), value,
                after.millis().getOrDefault(percentile, Double.NaN),
                before.voided().or(after::voided).map(why -> "void").orElse("")));
    }

    private static void row(StringBuilder table, String what, double before, double after, String remark) {
        table.append(text("| %s | %,.1f | %,.1f | %.2f | %s |%n", what, before, after, after / before, remark));
    }
}
