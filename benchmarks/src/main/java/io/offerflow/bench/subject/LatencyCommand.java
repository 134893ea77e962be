package io.offerflow.bench.subject;

import static io.offerflow.bench.result.MarkdownTable.text;
import static io.offerflow.bench.subject.LadderSubjects.SERVICE;

import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.harness.HarnessCommand;
import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.run.ForkedJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Latency at several rates, one after another, of one service that keeps running. */
@Command(name = "latency", description = "Latency at given rates, open loop.")
public final class LatencyCommand extends HarnessCommand {

    /** The group of figures: latency from the intended send time until the committed outcome is read. */
    public static final String RATES = "commands/s, open loop";

    /** A loader that is later than that would measure itself. */
    private static final double LAG_LIMIT_MS = 10;

    @Option(names = "--rates", split = ",", defaultValue = "1000,5000,20000", description = "Commands per second.")
    private List<Integer> rates;

    @Option(names = "--ladder", description =
            "A result of the ladder: adds 50 %% and 80 %% of the service's throughput in it to the rates.")
    private Optional<Path> ladder;

    @Option(names = "--seconds", defaultValue = "60", description = "Duration of each rate.")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "200000", description = "Number of commands before the first rate.")
    private int warmUp;

    @Option(names = "--commit-interval", defaultValue = "50", description = "In ms.")
    private int commitIntervalMs;

    @Option(names = "--linger", defaultValue = "2", description = "Of the loader, in ms.")
    private int lingerMs;

    @Override
    protected void measure(Path folder) throws InterruptedException {
        ladder.map(BenchResult::read).ifPresent(found -> {
            double median = found.median(Harness.SUBJECT, SERVICE.name(), Harness.PER_SECOND);
            rates = Stream.concat(rates.stream(), Stream.of((int) (median * 0.5), (int) (median * 0.8))).toList();
        });
        int commands = warmUp + rates.stream().mapToInt(rate -> rate * seconds).sum();
        int quarterSecond = Collections.max(rates) / 4;
        try (Harness harness = harness(folder, commands, Math.max(WorkloadSpec.SHORT_GAP, quarterSecond),
                commitIntervalMs, lingerMs, false)) {
            List<Figure> figures = new ArrayList<>(harness.workload());
            harness.loader().fill(warmUp);
            harness.checker().begin(warmUp, 0);
            try (ForkedJvm service = SERVICE.start(harness.config(SERVICE.name()))) {
                harness.checker().done().verdict().check("warm-up", true);
                int expected = warmUp;
                for (int rate : rates) {
                    expected += rate * seconds;
                    harness.checker().more(expected);
                    figures.add(measure(harness, service, rate));
                    print("%s", figures.getLast());
                }
            }
            save(figures, Map.of("stream threads", 1));
        }
    }

    /** Sends at a rate and waits for the outcomes; a void rate says why. */
    private Figure measure(Harness harness, ForkedJvm service, int perSecond) throws InterruptedException {
        int commands = perSecond * seconds;
        var window = harness.window(service::cpu).open();
        harness.loader().beginPace(perSecond, commands);
        double lag = harness.loader().paced() / 1000.0;
        var done = harness.checker().done();
        window.close();
        done.verdict().check("%d commands/s".formatted(perSecond), false);
        Map<String, Double> values = new LinkedHashMap<>(done.latencyMillis());
        values.putAll(Figure.named("loader's lag p99 ms", lag));
        values.putAll(window.per(commands));
        values.putAll(Figure.named("outcomes of overtaken commands", done.verdict().different()));
        return new Figure(RATES, text("%,d", perSecond) + (lag > LAG_LIMIT_MS
                ? " (void: the loader's own lag was %.0f ms at p99, more than %.0f ms)".formatted(lag, LAG_LIMIT_MS)
                : ""), values);
    }
}
