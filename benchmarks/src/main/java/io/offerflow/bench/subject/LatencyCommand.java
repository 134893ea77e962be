package io.offerflow.bench.subject;

import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.harness.HarnessCommand;
import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.LatencySample;
import io.offerflow.bench.result.MedianRange;
import io.offerflow.bench.result.ResultStore;
import io.offerflow.bench.result.ResultTables;
import io.offerflow.bench.result.ThroughputSample;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.run.ForkedJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Latency at several rates, one after another, of one service that keeps running. */
@Command(name = "latency", description = "Latency at given rates, open loop.")
public final class LatencyCommand extends HarnessCommand {

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
        ladder.map(ResultStore::read).ifPresent(found -> {
            double median = MedianRange.of(found.samplesOf(LadderSubjects.SERVICE.name()),
                    ThroughputSample::perSecond).median();
            rates = Stream.concat(rates.stream(), Stream.of((int) (median * 0.5), (int) (median * 0.8))).toList();
        });
        int commands = warmUp + rates.stream().mapToInt(rate -> rate * seconds).sum();
        int quarterSecond = Collections.max(rates) / 4;
        List<LatencySample> samples = new ArrayList<>();
        try (Harness harness = harness(folder, commands, Math.max(WorkloadSpec.SHORT_GAP, quarterSecond),
                commitIntervalMs, lingerMs, false)) {
            harness.loader().fill(warmUp);
            harness.checker().begin(warmUp, 0);
            try (ForkedJvm service = LadderSubjects.SERVICE.start(harness.config(LadderSubjects.SERVICE.name()))) {
                harness.checker().done().verdict().check("warm-up", true);
                int expected = warmUp;
                for (int rate : rates) {
                    expected += rate * seconds;
                    harness.checker().more(expected);
                    samples.add(measure(harness, service, rate));
                    print("%s", samples.getLast());
                }
            }
            save(BenchResult.ofLatencies(run(settings(), Map.of("seconds at each rate", seconds,
                    "commands before", warmUp, "commit interval", commitIntervalMs + " ms", "linger of the loader",
                    lingerMs + " ms", "stream threads", 1)), harness.workload(), samples));
            print("%s", ResultTables.latency(samples));
        }
    }

    /** Sends at a rate and waits for the outcomes. */
    private LatencySample measure(Harness harness, ForkedJvm service, int perSecond) throws InterruptedException {
        int commands = perSecond * seconds;
        var window = harness.window(service::cpu).open();
        harness.loader().beginPace(perSecond, commands);
        double lag = harness.loader().paced() / 1000.0;
        var done = harness.checker().done();
        window.close();
        done.verdict().check("%d commands/s".formatted(perSecond), false);
        return new LatencySample(LadderSubjects.SERVICE.name(), perSecond, commands, done.latencyMillis(), lag,
                window.per(commands), done.verdict().different(), lag > LAG_LIMIT_MS ? Optional.of(
                        "the loader's own lag was %.0f ms at p99, more than %.0f ms".formatted(lag, LAG_LIMIT_MS))
                        : Optional.empty());
    }

    @Override
    protected String command() {
        return "./offerflow bench latency --rates %s --seconds %d".formatted(
                rates.stream().map(rate -> "" + rate).collect(Collectors.joining(",")), seconds);
    }
}
