package io.offerflow.bench.report;

import static io.offerflow.bench.result.MarkdownTable.text;

import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.MarkdownTable;
import io.offerflow.bench.result.ResultTables;
import io.offerflow.bench.run.FileAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The documents with measured figures. Their text is written by hand. Before each table is a comment
 * {@code <!-- table: NAME -->}, from which the table is made: the verb and the group of figures of a saved result, or
 * one of the names below.
 */
public final class ReportDocuments {

    private static final Pattern TABLE = Pattern.compile("(<!-- table: (.+) -->\n)(?:\n|\\|.*\n)*");
    private static final String NOT_MEASURED = new MarkdownTable("not measured yet").toString();

    /** Tables that are more than the figures of one group, by name: the verbs that they need, and the content. */
    private static final Map<String, ComputedTable> COMPUTED = Map.of(
            "targets of ladder", new ComputedTable(results -> Targets.ladder(results.getFirst()), "ladder"),
            "targets of latency", new ComputedTable(results -> Targets.latency(results.getFirst()), "latency"),
            "targets of scale", new ComputedTable(results -> Targets.stepResult(results.getFirst()), "scale"),
            "costs", capacity(CapacityTables::costs),
            "instances", capacity(CapacityTables::instances),
            "years", capacity(CapacityTables::years));

    private final Path results;

    private record ComputedTable(Function<List<BenchResult>, String> content, String... verbs) {
    }

    public ReportDocuments(Path results) {
        this.results = results;
    }

    private static ComputedTable capacity(Function<CapacityTables, String> content) {
        return new ComputedTable(found -> content.apply(new CapacityTables(found.get(0), found.get(1), found.get(2))),
                "peer", "scale", "micro");
    }

    private List<BenchResult> found(String... verbs) {
        return Arrays.stream(verbs).map(verb -> results.resolve(verb + ".json")).filter(Files::exists)
                .map(BenchResult::read).toList();
    }

    private String table(String name) {
        String[] parts = name.split(": ");
        if (parts.length == 2 && parts[0].equals("results")) {
            return sources(found(parts[1].split(", ")));
        }
        ComputedTable table = parts.length < 2 ? COMPUTED.get(name)
                : new ComputedTable(found -> figures(name, found.getFirst().of(parts[1])), parts[0]);
        if (table == null) {
            throw unknown(name);
        }
        List<BenchResult> found = found(table.verbs());
        return found.size() < table.verbs().length ? NOT_MEASURED : table.content().apply(found);
    }

    private static String figures(String name, List<Figure> figures) {
        if (figures.isEmpty()) {
            throw unknown(name);
        }
        return ResultTables.of(figures);
    }

    private static BenchException unknown(String name) {
        return new BenchException("there is no table \"%s\"".formatted(name));
    }

    private static String sources(List<BenchResult> found) {
        MarkdownTable table = new MarkdownTable("result", "day", "command", "machine", "load average", "settings");
        for (BenchResult result : found) {
            var run = result.run();
            var machine = run.machine();
            table.row(run.kind(), run.day(), "`" + run.command() + "`", "%d cores of %s, %d GiB, %s, Java %s, Kafka %s"
                    .formatted(machine.cores(), machine.processor(), machine.memoryGiB(), machine.system(),
                            machine.java(), machine.kafka()),
                    run.loadAverage().map(load -> text("%.1f", load)).orElse("not recorded"),
                    run.settings().entrySet().stream().map(setting -> setting.getKey() + " " + setting.getValue())
                            .collect(Collectors.joining(", ")));
        }
        return table.toString();
    }

    /** The text of a document with the tables that the results give; fails if it names a table that does not exist. */
    String renew(String document) {
        return TABLE.matcher(document).replaceAll(match -> Matcher.quoteReplacement(
                match.group(1) + "\n" + table(match.group(2)) + "\n")).stripTrailing() + "\n";
    }

    /** Writes the tables of a document again. */
    public void renew(Path document) {
        FileAccess.run("write " + document, () -> Files.writeString(document, renew(Files.readString(document))));
    }
}
