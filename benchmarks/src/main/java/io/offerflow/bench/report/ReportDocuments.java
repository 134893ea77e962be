package io.offerflow.bench.report;

import static io.offerflow.bench.result.MarkdownTable.text;

import io.offerflow.bench.micro.MicroCommand;
import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.MarkdownTable;
import io.offerflow.bench.result.MedianRange;
import io.offerflow.bench.result.ResultStore;
import io.offerflow.bench.result.ResultTables;
import io.offerflow.bench.result.WorkloadSummary.AverageFootprint;
import io.offerflow.bench.result.WorkloadSummary;
import io.offerflow.bench.run.FileAccess;
import io.offerflow.bench.scale.ScaleCurve;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The documents with measured figures. Their text is written by hand; a comment {@code <!-- table: NAME -->} is
 * before each table, and the table is made from the saved results.
 */
final class ReportDocuments {

    private static final Pattern TABLE = Pattern.compile("(<!-- table: (.+) -->\n)(?:\n|\\|.*\n)*");
    private static final String NOT_MEASURED = new MarkdownTable("not measured yet").toString();

    private final Path results;
    private final Map<String, Supplier<String>> tables = new HashMap<>();

    ReportDocuments(Path results) {
        this.results = results;
        table("subjects", "ladder", ResultTables::throughput);
        table("ladder targets", "ladder", Targets::ladder);
        table("commands", "ladder", ladder -> shares("command", ladder, WorkloadSummary::commands));
        table("outcomes", "ladder", ladder -> shares("outcome", ladder, WorkloadSummary::results));
        table("footprint", "ladder", ReportDocuments::footprint);
        table("latencies", "latency", latency -> ResultTables.latency(latency.latencies()));
        table("latency targets", "latency", Targets::latency);
        table("peer", "peer", ResultTables::throughput);
        table("recovery", "recovery", ResultTables::recovery);
        table("replays", "replay", ResultTables::figures);
        table("parts of a command", "micro", micro -> curve(micro, "part of a command"));
        table("bytes of a command", "micro", micro -> curve(micro, MicroCommand.SIZES));
        for (ScaleCurve curve : ScaleCurve.values()) {
            table(curve.title(), "scale", scale -> curve(scale, curve.title()));
        }
        table("step result target", "scale", Targets::stepResult);
        tables.put("performance results", () -> sources("ladder", "latency", "peer", "recovery", "replay"));
        tables.put("capacity results", () -> sources("peer", "scale", "micro"));
        tables.put("costs", () -> capacity(CapacityTables::costs));
        tables.put("instances", () -> capacity(CapacityTables::instances));
        tables.put("years", () -> capacity(CapacityTables::years));
    }

    private void table(String name, String kind, Function<BenchResult, String> content) {
        tables.put(name, () -> ResultStore.find(results, kind).map(content).orElse(NOT_MEASURED));
    }

    private List<BenchResult> found(String... kinds) {
        return Arrays.stream(kinds).map(kind -> ResultStore.find(results, kind)).flatMap(Optional::stream).toList();
    }

    private static String curve(BenchResult result, String title) {
        return ResultTables.figures(title, result.figuresOf(title));
    }

    private String capacity(Function<CapacityTables, String> content) {
        List<BenchResult> found = found("peer", "scale", "micro");
        return found.size() < 3 ? NOT_MEASURED
                : content.apply(new CapacityTables(found.get(0), found.get(1), found.get(2)));
    }

    private static String shares(String title, BenchResult result,
            Function<WorkloadSummary, Map<String, Integer>> counts) {
        MarkdownTable table = new MarkdownTable(title, "share");
        WorkloadSummary workload = result.workload().orElseThrow();
        counts.apply(workload).forEach((name, count) ->
                table.row(name, text("%.1f %%", 100.0 * count / workload.spec().commands())));
        return table.toString();
    }

    private static String footprint(BenchResult result) {
        WorkloadSummary workload = result.workload().orElseThrow();
        AverageFootprint each = workload.perCommand();
        return new MarkdownTable("workload", "").row("commands", text("%,d", workload.spec().commands()))
                .row("offers", text("%,d", workload.spec().offers()))
                .row("Zipf exponent", workload.spec().zipf())
                .row("input, average", text("%,.0f B", workload.valueBytes()))
                .row("store look-ups per command", text("%.2f", each.reads()))
                .row("store changes per command", text("%.2f, together %,.0f B", each.writes(), each.storedBytes()))
                .row("output records per command", text("%.2f, together %,.0f B", each.records(), each.sentBytes()))
                .toString();
    }

    private String sources(String... kinds) {
        MarkdownTable table = new MarkdownTable("result", "day", "command", "machine", "load", "settings");
        found(kinds).forEach(result -> {
            var run = result.run();
            var machine = run.machine();
            table.row(run.kind(), run.day(), "`" + run.command() + "`", "%d cores of %s, %d GiB, %s, Java %s, Kafka %s"
                    .formatted(machine.cores(), machine.processor(), machine.memoryGiB(), machine.system(),
                            machine.java(), machine.kafka()), load(result),
                    run.settings().entrySet().stream().map(setting -> setting.getKey() + " " + setting.getValue())
                            .collect(Collectors.joining(", ")));
        });
        return table.toString();
    }

    private static String load(BenchResult result) {
        return result.run().loadAverage().map(load -> text("load average %.1f", load)).orElseGet(() ->
                result.samples().isEmpty() ? "not recorded" : text("other programs had %.0f %% of the machine",
                        100 * MedianRange.of(result.samples(), sample -> sample.cpu().othersShare()).median()));
    }

    /** The text of a document with the tables that the results give; fails if it names a table that does not exist. */
    String renew(String document) {
        return TABLE.matcher(document).replaceAll(match -> {
            Supplier<String> content = tables.get(match.group(2));
            if (content == null) {
                throw new BenchException("there is no table \"%s\"".formatted(match.group(2)));
            }
            return Matcher.quoteReplacement(match.group(1) + "\n" + content.get() + "\n");
        }).stripTrailing() + "\n";
    }

    void renew(Path document) {
        FileAccess.run("write " + document, () -> Files.writeString(document, renew(Files.readString(document))));
    }
}
