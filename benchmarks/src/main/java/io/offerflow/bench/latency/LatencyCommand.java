package io.offerflow.bench.latency;

import io.offerflow.bench.Common;
import io.offerflow.bench.bed.Bed;
import io.offerflow.bench.load.WorkloadSpec;
import io.offerflow.bench.report.LatencyTable;
import io.offerflow.bench.result.LatencySample;
import io.offerflow.bench.result.Machine;
import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.ResultFile;
import io.offerflow.bench.result.Sample;
import io.offerflow.bench.result.Spread;
import io.offerflow.bench.run.Subject;
import io.offerflow.bench.subject.Rungs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Latency at several rates, one after the other, of one service that stays up. */
@Command(name = "latency", description = "Latency at given rates, open loop, and at shares of the throughput found.",
        mixinStandardHelpOptions = true)
public final class LatencyCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Option(names = "--rates", split = ",", defaultValue = "1000,5000,20000",
            description = "Commands a second. Default: ${DEFAULT-VALUE}.")
    private List<Integer> rates;

    @Option(names = "--ladder", description =
            "A ladder's result: 50 %% and 80 %% of the service's throughput in it too.")
    private Optional<Path> ladder;

    @Option(names = "--seconds", defaultValue = "60", description = "At each rate. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "200000", description = "Commands before. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(names = "--commit-interval", defaultValue = "50", description = "In ms. Default: ${DEFAULT-VALUE}.")
    private int commitIntervalMs;

    @Option(names = "--linger", defaultValue = "2", description = "Of the loader, in ms. Default: ${DEFAULT-VALUE}.")
    private int lingerMs;

    @Override
    public Integer call() throws InterruptedException {
        common.work(this::measure);
        return 0;
    }

    private void measure(Path folder) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<Integer> all = new ArrayList<>(rates);
        ladder.map(file -> ResultFile.read(file, Result.class)).ifPresent(found -> all.addAll(shares(found)));
        int commands = warmUp + all.stream().mapToInt(rate -> rate * seconds).sum();
        List<LatencySample> samples = new ArrayList<>();
        int quarterOfASecond = Collections.max(all) / 4;
        int gap = Math.max(WorkloadSpec.SHORT_GAP, quarterOfASecond);
        try (Bed bed = Bed.open(common.bed(commands, gap, commitIntervalMs, lingerMs, false), folder)) {
            bed.loader().fill(warmUp);
            bed.checker().begin(warmUp, 0);
            try (Subject.Running running = Rungs.SERVICE.start(bed.site(Rungs.SERVICE.name()))) {
                Paced paced = new Paced(bed, running, warmUp);
                for (int rate : all) {
                    samples.add(paced.run(rate, seconds));
                    out.print(LatencyTable.line(samples.getLast()));
                    out.flush();
                }
            }
            Result result = new Result("latency", LocalDate.now(ZoneOffset.UTC).toString(), Machine.here(),
                    command(all), settings(), Optional.of(bed.workload()), List.of(), samples, List.of());
            ResultFile.write(common.out("latency"), result);
            out.println(LatencyTable.of(result));
            out.flush();
        }
    }

    private static List<Integer> shares(Result ladder) {
        double median = Spread.of(ladder.of(Rungs.SERVICE.name()).stream().map(Sample::perSecond).toList()).median();
        return List.of((int) (median * 0.5), (int) (median * 0.8));
    }

    private String command(List<Integer> all) {
        return "./offerflow bench latency --rates %s --seconds %d".formatted(
                all.stream().map(rate -> "" + rate).collect(Collectors.joining(",")), seconds);
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>(common.settings());
        settings.put("seconds at each rate", "" + seconds);
        settings.put("commands before", "" + warmUp);
        settings.put("commit interval", commitIntervalMs + " ms");
        settings.put("linger of the loader", lingerMs + " ms");
        settings.put("stream threads", "1");
        return settings;
    }
}
