package io.offerflow.bench.report;

import static io.offerflow.bench.result.MarkdownTable.number;
import static io.offerflow.bench.result.MarkdownTable.text;

import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.MarkdownTable;
import io.offerflow.bench.result.MedianRange;
import io.offerflow.bench.result.RunInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The comparison of a new result with a saved one. */
public final class ResultComparison {

    private ResultComparison() {
    }

    /** A table, after the differences in settings and machine; fails if the results are of different verbs. */
    public static String of(BenchResult saved, BenchResult fresh) {
        if (!saved.run().kind().equals(fresh.run().kind())) {
            throw new BenchException("a result of %s cannot be compared with one of %s".formatted(fresh.run().kind(),
                    saved.run().kind()));
        }
        MarkdownTable table = new MarkdownTable("value", "saved", "new", "new / saved", "");
        Set<String> shown = new HashSet<>();
        for (Figure figure : saved.figures()) {
            String point = figure.group() + " " + figure.point();
            if (shown.add(point)) {
                figure.values().keySet().forEach(name -> row(table, point + ", " + name,
                        saved.values(figure.group(), figure.point(), name),
                        fresh.values(figure.group(), figure.point(), name)));
            }
        }
        return differences(saved.run(), fresh.run()) + table;
    }

    private static String differences(RunInfo saved, RunInfo fresh) {
        return Stream.concat(saved.settings().entrySet().stream().map(setting -> difference(setting.getKey(),
                setting.getValue(), fresh.settings().getOrDefault(setting.getKey(), "not given"))),
                Stream.of(difference("machine", saved.machine(), fresh.machine()))).collect(Collectors.joining());
    }

    private static String difference(String name, Object saved, Object fresh) {
        return saved.equals(fresh) ? "" : text("not alike: %s %s → %s%n", name, saved, fresh);
    }

    /** A difference that is smaller than the spread of one side may be chance. */
    private static void row(MarkdownTable table, String what, List<Double> saved, List<Double> fresh) {
        if (!saved.isEmpty() && !fresh.isEmpty()) {
            MedianRange before = MedianRange.of(saved);
            MedianRange after = MedianRange.of(fresh);
            boolean apart = after.min() > before.max() || after.max() < before.min();
            table.row(what, number(before.median()), number(after.median()),
                    text("%.2f", after.median() / before.median()), apart ? "" : "within the spread");
        }
    }
}
