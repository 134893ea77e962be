package io.offerflow.bench.report;

import static io.offerflow.bench.report.LadderTable.text;

import io.offerflow.bench.load.WorkloadSummary;
import io.offerflow.bench.report.BarChart.Bar;
import io.offerflow.bench.result.LatencySample;
import io.offerflow.bench.result.Machine;
import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.Sample;
import io.offerflow.bench.result.Spread;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code docs/performance.md} and its plots, made of saved results and nothing else. */
public final class PerformanceDocument {

    private static final String HEAD = """
            # Performance

            What the service costs, measured beside what it is made of, on one machine. Made by `./offerflow bench
            report` of the results in `benchmarks/results`; nothing in it is written by hand but the last section.
            What a number of instances carries: [capacity.md](capacity.md).

            """;

    private static final String MIX = """
            ### The mix

            %,d commands to %,d offers, hit with a Zipf exponent of %s; an input has %,.0f bytes on average.

            | asked | share |
            |---|---|
            %s
            | what became of it | share |
            |---|---|
            %s
            For each, on average, the service makes %.2f store look-ups and %.2f store changes of %,.0f bytes together,
            and writes %.2f records of %,.0f bytes together. That is counted while the workload is made, by running the
            service's own rules, codecs and outputs over maps; a test holds the count against the real topology and
            RocksDB's own counters. It is what the rungs below the service do for each command, key by key and byte by
            byte.

            """;

    private PerformanceDocument() {
    }

    /**
     * The files, by their names in the folder of the documents.
     *
     * @param results folder of the saved results
     */
    public static Map<String, String> files(Path results) {
        Saved saved = Saved.in(results);
        Map<String, String> files = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder(HEAD);
        if (saved.equals(Saved.in(results.resolve("nothing")))) {
            text.append("Nothing has been measured yet.\n");
        }
        saved.ladder().ifPresent(ladder -> ladder(ladder, text, files));
        saved.latency().ifPresent(latency -> latency(latency, text, files));
        saved.peer().ifPresent(peer -> peer(peer, text));
        saved.recovery().ifPresent(recovery -> text.append(Explained.RECOVERY).append(RecoveryTable.of(recovery))
                .append(source(recovery)));
        saved.replay().ifPresent(replay -> text.append(Explained.REPLAY).append(FigureTables.of(replay))
                .append(source(replay.command(), replay.day(), replay.machine(), replay.settings())));
        saved.notes().ifPresent(text::append);
        files.put("performance.md", text.toString());
        return files;
    }

    private static void ladder(Result result, StringBuilder text, Map<String, String> files) {
        text.append(Explained.LADDER).append(LadderTable.of(result))
                .append("\n![The ladder](performance-ladder.svg)\n\n")
                .append(Aims.ladder(result)).append(source(result));
        result.workload().ifPresent(workload -> text.append(mix(workload)));
        files.put("performance-ladder.svg", BarChart.draw("Commands a second, median and extremes",
                result.subjects().stream().map(subject -> bar(subject, result.of(subject))).toList()));
    }

    private static Bar bar(String subject, List<Sample> samples) {
        Spread rate = LadderTable.spread(samples, Sample::perSecond);
        return new Bar(subject, rate.median(), rate.min(), rate.max(), text("%,.0f/s", rate.median()));
    }

    private static void latency(Result result, StringBuilder text, Map<String, String> files) {
        text.append(Explained.LATENCY).append(LatencyTable.of(result))
                .append("\n![Latency](performance-latency.svg)\n\n").append(Aims.latency(result))
                .append(source(result));
        files.put("performance-latency.svg", BarChart.draw("Latency in ms: p50 to p99.9, bar at p99",
                result.latencies().stream().filter(sample -> sample.voided().isEmpty())
                        .map(PerformanceDocument::bar).toList()));
    }

    private static Bar bar(LatencySample sample) {
        Map<String, Double> millis = sample.millis();
        return new Bar(text("%,d commands/s", sample.perSecond()), millis.get("p99"), millis.get("p50"),
                millis.get("p99.9"), text("%,.0f ms", millis.get("p99")));
    }

    private static void peer(Result result, StringBuilder text) {
        text.append("## Beside a consumer with PostgreSQL\n\n").append(LadderTable.of(result)).append(source(result));
    }

    private static String mix(WorkloadSummary mix) {
        int all = mix.spec().commands();
        return text(MIX, all,
                mix.spec().offers(), mix.spec().zipf(), mix.valueBytes(), shares(mix.commands(), all),
                shares(mix.results(), all), mix.reads(), mix.writes(), mix.storedBytes(), mix.records(),
                mix.sentBytes());
    }

    private static String shares(Map<String, Integer> counts, int all) {
        return counts.entrySet().stream().map(count -> text("| %s | %.1f %% |%n", count.getKey(),
                100.0 * count.getValue() / all)).collect(Collectors.joining());
    }

    private static String source(Result result) {
        return source(result.command(), result.day(), result.machine(), result.settings());
    }

    private static String source(String command, String day, Machine machine, Map<String, String> settings) {
        String given = settings.entrySet().stream().map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", "));
        return text("%n`%s` on %s: %d cores of %s, %d GiB, %s, Java %s, Kafka %s; %s.%n%n", command, day,
                machine.cores(), machine.processor(), machine.memoryGiB(), machine.system(), machine.java(),
                machine.kafka(), given);
    }
}
