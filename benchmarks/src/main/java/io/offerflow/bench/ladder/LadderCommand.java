package io.offerflow.bench.ladder;

import io.offerflow.bench.BenchException;
import io.offerflow.bench.Common;
import io.offerflow.bench.bed.Bed;
import io.offerflow.bench.load.WorkloadSpec;
import io.offerflow.bench.report.LadderTable;
import io.offerflow.bench.result.Machine;
import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.ResultFile;
import io.offerflow.bench.result.Sample;
import io.offerflow.bench.run.Subject;
import io.offerflow.bench.run.Window;
import io.offerflow.bench.subject.Decide;
import io.offerflow.bench.subject.Rungs;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The throughput ladder: every rung takes the same commands from the same broker, round after round. */
@Command(name = "ladder", description = "Throughput and cost of the service and of the rungs below it, interleaved.",
        mixinStandardHelpOptions = true)
public final class LadderCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Option(names = "--commands", defaultValue = "400000", description = "In each run. Default: ${DEFAULT-VALUE}.")
    private int commands;

    @Option(names = "--rounds", defaultValue = "5", description = "Passes over all rungs. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--commit-interval", defaultValue = "100", description = "In ms. Default: ${DEFAULT-VALUE}.")
    private int commitIntervalMs;

    @Option(names = "--rungs", split = ",", defaultValue = "raw,pass-through,null-stateful,service,decide",
            description = "Which of them. Default: ${DEFAULT-VALUE}.")
    private List<String> rungs;

    @Option(names = "--jvm", split = " ", description = "More flags of each subject's JVM, for profiles, such as"
            + " -XX:StartFlightRecording=filename=service.jfr.")
    private List<String> flags = List.of();

    @Override
    public Integer call() throws InterruptedException {
        common.work(this::measure);
        return 0;
    }

    private void measure(Path folder) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<Subject> subjects = rungs.stream().filter(name -> !name.equals(Decide.NAME)).map(this::rung)
                .toList();
        List<Sample> samples = new ArrayList<>();
        try (Bed bed = Bed.open(common.bed(commands, WorkloadSpec.SHORT_GAP, commitIntervalMs, 100, true), folder)) {
            out.printf("workload: %s%n", bed.workload());
            String loading = load(bed);
            out.println(loading);
            for (int round = 1; round <= rounds; round++) {
                for (Subject subject : subjects) {
                    Sample sample = bed.drain(subject, round);
                    samples.add(sample);
                    out.println(LadderTable.line(sample));
                    out.flush();
                }
                if (rungs.contains(Decide.NAME)) {
                    samples.add(Decide.run(bed.site(Decide.NAME), commands, round));
                    out.println(LadderTable.line(samples.getLast()));
                }
            }
            Result result = new Result("ladder", LocalDate.now(ZoneOffset.UTC).toString(), Machine.here(),
                    common.command(spec), settings(loading),
                    Optional.of(bed.workload()), samples, List.of(), List.of());
            ResultFile.write(common.out("ladder"), result);
            out.println(LadderTable.of(result));
            out.flush();
        }
    }

    /** Sends all commands; says how long that took and what it cost. */
    private String load(Bed bed) throws InterruptedException {
        Window window = new Window().with("loader", bed.loader()::cpu).with(Sample.BROKER, bed.broker()::cpu).open();
        double seconds = bed.loader().fill(commands).seconds();
        Map<String, Double> micros = window.close().micros(commands);
        return "%.0f s for all commands, in order; processor time a command: loader %.1f µs, broker %.1f µs".formatted(
                seconds, micros.get("loader"), micros.get(Sample.BROKER));
    }

    private Subject rung(String name) {
        return Rungs.named(name, flags).orElseThrow(() -> new BenchException(
                "there is no rung \"%s\"; there are %s, %s".formatted(name, String.join(", ", Rungs.ON_A_BROKER.stream()
                        .map(Subject::name).toList()), Decide.NAME)));
    }

    private Map<String, String> settings(String loading) {
        Map<String, String> settings = new TreeMap<>(common.settings());
        settings.put("loading before", loading);
        settings.put("commands", "" + commands);
        settings.put("rounds", "" + rounds);
        settings.put("commit interval", commitIntervalMs + " ms");
        settings.put("compression", "lz4");
        settings.put("replicas", "1");
        settings.put("stream threads", "1");
        settings.put("heap of each subject", "1 GiB");
        return settings;
    }
}
