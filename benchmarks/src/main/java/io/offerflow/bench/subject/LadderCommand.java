package io.offerflow.bench.subject;

import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.harness.RoundsCommand;
import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.CpuUse;
import io.offerflow.bench.result.ResultTables;
import io.offerflow.bench.result.ThroughputSample;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.run.CpuWindow;
import io.offerflow.bench.run.JvmSubject;
import io.offerflow.bench.run.Subject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The throughput ladder: every subject takes the same commands from the same broker, round after round. */
@Command(name = "ladder", description = "Throughput and cost of the service and of simpler subjects, interleaved.")
public final class LadderCommand extends RoundsCommand {

    @Option(names = "--commit-interval", defaultValue = "100", description = "In ms.")
    private int commitIntervalMs;

    @Option(names = "--subjects", split = ",", defaultValue = "raw,pass-through,null-stateful,service,decide",
            description = "The subjects.")
    private List<String> subjects;

    @Option(names = "--jvm", split = " ", description =
            "More flags for the JVM of each subject, for example -XX:StartFlightRecording=filename=service.jfr.")
    private List<String> flags = List.of();

    public LadderCommand() {
        super(400_000);
    }

    @Override
    protected void measure(Path folder) throws InterruptedException {
        List<JvmSubject> onBroker = subjects.stream().filter(name -> !name.equals(DecideSubject.NAME))
                .map(this::subject).toList();
        List<ThroughputSample> samples = new ArrayList<>();
        try (Harness harness = harness(folder, commands(), WorkloadSpec.SHORT_GAP, commitIntervalMs, 100, true)) {
            print("workload: %s", harness.workload());
            String loading = load(harness);
            print("%s", loading);
            for (int round = 1; round <= rounds(); round++) {
                for (JvmSubject subject : onBroker) {
                    add(samples, harness.drain(subject, round));
                }
                if (subjects.contains(DecideSubject.NAME)) {
                    add(samples, DecideSubject.run(harness.config(DecideSubject.NAME), commands(), round));
                }
            }
            BenchResult result = BenchResult.ofSamples(run(settings(), Map.of(
                    "loading before", loading, "commit interval", commitIntervalMs + " ms", "compression", "lz4",
                    "replicas", 1, "stream threads", 1, "heap of each subject", "1 GiB")), harness.workload(), samples);
            save(result);
            print("%s", ResultTables.throughput(result));
        }
    }

    private void add(List<ThroughputSample> samples, ThroughputSample sample) {
        samples.add(sample);
        print("%s", ResultTables.line(sample));
    }

    /** Sends all commands; describes how long that took and what it cost. */
    private String load(Harness harness) throws InterruptedException {
        CpuWindow window = new CpuWindow().with(CpuUse.LOADER, harness.loader()::cpu)
                .with(CpuUse.BROKER, harness.broker()::cpu).open();
        double seconds = harness.loader().fill(commands());
        CpuUse cpu = window.close().per(commands());
        return "%.0f s for all commands, in order; processor time per command: loader %.1f µs, broker %.1f µs"
                .formatted(seconds, cpu.of(CpuUse.LOADER), cpu.of(CpuUse.BROKER));
    }

    private JvmSubject subject(String name) {
        return LadderSubjects.named(name, flags).orElseThrow(() -> new BenchException(
                "there is no subject \"%s\"; there are %s, %s".formatted(name, LadderSubjects.ON_BROKER.stream()
                        .map(Subject::name).collect(Collectors.joining(", ")), DecideSubject.NAME)));
    }
}
