package io.offerflow.bench.report;

import static io.offerflow.bench.result.MarkdownTable.number;
import static io.offerflow.bench.result.MarkdownTable.text;

import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.MarkdownTable;
import io.offerflow.bench.result.MedianRange;
import io.offerflow.bench.result.ResultStore;
import io.offerflow.bench.result.RunInfo;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares a new result with a saved one. */
@Command(name = "compare", description = "Ratios of a new result to a saved one.", mixinStandardHelpOptions = true)
public final class CompareCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SAVED.json", description = "The saved result.")
    private Path saved;

    @Parameters(paramLabel = "NEW.json", description = "The new result.")
    private Path fresh;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(compare(ResultStore.read(saved), ResultStore.read(fresh)));
        spec.commandLine().getOut().flush();
        return 0;
    }

    /** A table, after the differences in settings and machine; fails if the results are of different verbs. */
    static String compare(BenchResult saved, BenchResult fresh) {
        if (!saved.run().kind().equals(fresh.run().kind())) {
            throw new BenchException("a result of %s cannot be compared with one of %s".formatted(fresh.run().kind(),
                    saved.run().kind()));
        }
        MarkdownTable table = new MarkdownTable("value", "saved", "new", "new / saved", "");
        saved.figures().stream().filter(distinctPoints()).forEach(point -> point.values().keySet().forEach(name ->
                row(table, point.group() + " " + point.point() + ", " + name,
                        saved.values(point.group(), point.point(), name),
                        fresh.values(point.group(), point.point(), name))));
        return differences(saved.run(), fresh.run()) + table;
    }

    private static Predicate<Figure> distinctPoints() {
        Set<String> before = new HashSet<>();
        return figure -> before.add(figure.group() + "/" + figure.point());
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
