package io.offerflow.bench.subject;

import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.harness.RoundsCommand;
import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.Figure;
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
        try (Harness harness = harness(folder, commands(), WorkloadSpec.SHORT_GAP, commitIntervalMs, 100, true)) {
            List<Figure> figures = new ArrayList<>(harness.workload());
            figures.forEach(figure -> print("%s", figure));
            String loading = load(harness);
            print("%s", loading);
            for (int round = 1; round <= rounds(); round++) {
                for (JvmSubject subject : onBroker) {
                    figures.add(harness.drain(subject));
                    print("%s", figures.getLast());
                }
                if (subjects.contains(DecideSubject.NAME)) {
                    figures.add(DecideSubject.run(harness.config(DecideSubject.NAME), commands()));
                    print("%s", figures.getLast());
                }
            }
            save(figures, Map.of("loading before", loading, "compression", "lz4", "replicas", 1, "stream threads", 1,
                    "heap of each subject", "1 GiB"));
        }
    }

    /** Sends all commands; describes how long that took and what it cost. */
    private String load(Harness harness) throws InterruptedException {
        CpuWindow window = new CpuWindow().with(CpuWindow.LOADER, harness.loader()::cpu)
                .with(CpuWindow.BROKER, harness.broker()::cpu).open();
        double seconds = harness.loader().fill(commands());
        Map<String, Double> cpu = window.close().per(commands());
        return "%.0f s for all commands, in order; processor time per command: loader %.1f µs, broker %.1f µs"
                .formatted(seconds, cpu.get(CpuWindow.LOADER), cpu.get(CpuWindow.BROKER));
    }

    private JvmSubject subject(String name) {
        return LadderSubjects.ON_BROKER.stream().filter(subject -> subject.name().equals(name)).findFirst()
                .map(subject -> new JvmSubject(name, flags, subject.program())).orElseThrow(() -> new BenchException(
                        "there is no subject \"%s\"; there are %s, %s".formatted(name, LadderSubjects.ON_BROKER.stream()
                                .map(Subject::name).collect(Collectors.joining(", ")), DecideSubject.NAME)));
    }
}
