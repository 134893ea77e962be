package io.offerflow.bench.scale;

import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.harness.Harness.HarnessSpec;
import io.offerflow.bench.harness.HarnessCommand;
import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.run.BenchBroker;
import io.offerflow.bench.run.CpuWindow;
import io.offerflow.bench.run.FileAccess;
import io.offerflow.bench.run.ForkedJvm;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.bench.subject.LadderSubjects;
import io.offerflow.process.ForkedProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Curves of cost against size. Each point is measured in a process of its own. */
@Command(name = "scale", description = {"Cost of a command by kind, and as offers, plans, audiences, customers and"
        + " partitions grow.", "Points that are not measured keep their saved values."})
public final class ScaleCommand extends HarnessCommand {

    private static final int RESTORED_PARTITIONS = 4;

    @Option(names = "--curves", split = ",", description = "Some of ${COMPLETION-CANDIDATES}.")
    private List<ScaleCurve> curves = List.of(ScaleCurve.values());

    @Option(names = "--points", split = ",", description = "Points instead of the usual ones, for one curve. 5000000"
            + " offers take 40 GB of disk; restoring them takes 60.")
    private List<Integer> points = List.of();

    @Option(names = "--commands", defaultValue = "60000", description =
            "Number of commands at a point of the curves of kinds, offers and partitions.")
    private int commands;

    @Option(names = "--heap", defaultValue = "1g", description =
            "Of each process; facts in memory need about 1 KB per offer.")
    private String heap;

    @Override
    protected void measure(Path folder) throws InterruptedException {
        if (!points.isEmpty() && curves.size() != 1) {
            throw new BenchException("--points belongs to one curve; name it with --curves");
        }
        List<Figure> figures = new ArrayList<>();
        for (ScaleCurve curve : curves) {
            for (int point : points.isEmpty() ? curve.points() : points) {
                List<Figure> measured = measure(curve, point, folder.resolve(curve + "-" + point));
                measured.forEach(figure -> print("%s, %s", curve.title(), figure));
                figures.addAll(measured);
            }
        }
        if (Files.exists(out())) {
            figures.addAll(BenchResult.read(out()).figures().stream().filter(old -> figures.stream().noneMatch(figure ->
                    figure.group().equals(old.group()) && figure.point().equals(old.point()))).toList());
        }
        figures.sort(ScaleCurve.ORDER);
        save(figures, Map.of());
    }

    /** Repeats all points of the file, which keeps those of earlier runs. */
    @Override
    protected String command() {
        return "./offerflow bench scale --commands " + commands;
    }

    private List<Figure> measure(ScaleCurve curve, int point, Path folder) throws InterruptedException {
        try {
            return switch (curve) {
                case PARTITIONS -> List.of(partitions(point, folder));
                case RESTORE -> List.of(restore(point, folder));
                default -> withoutBroker(curve, point, folder);
            };
        } finally {
            FileAccess.deleteTree(folder); // the next point needs the disk
        }
    }

    private List<Figure> withoutBroker(ScaleCurve curve, int point, Path folder) throws InterruptedException {
        try (ForkedJvm jvm = fork(folder, new ScaleProgram(curve, folder, point, commands))) {
            return List.of(jvm.await(ScaleProgram.FIGURES, ScaleProgram.TIMEOUT, Figure[].class));
        }
    }

    private ForkedJvm fork(Path folder, ForkedProgram program) {
        return new ForkedJvm("scale", folder, List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+UseParallelGC",
                "-XX:+AlwaysPreTouch"), program);
    }

    private Figure restore(int offers, Path folder) throws InterruptedException {
        try (BenchBroker broker = new BenchBroker(folder.resolve("broker"), RESTORED_PARTITIONS)) {
            SubjectConfig config = broker.config(folder.resolve("workload"), folder.resolve("service"), "scale", 100);
            try (ForkedJvm jvm = fork(config.scratch(), new RestoreProgram(config, offers))) {
                jvm.await(RestoreProgram.RESTORING, ScaleProgram.TIMEOUT, Object.class);
                CpuWindow window =
                        new CpuWindow().with(CpuWindow.APP, jvm::cpu).with(CpuWindow.BROKER, broker::cpu).open();
                jvm.await(RestoreProgram.RESTORED, ScaleProgram.TIMEOUT, Object.class);
                window.close();
                Figure figure = jvm.await(ScaleProgram.FIGURES, ScaleProgram.TIMEOUT, Figure[].class)[0];
                Map<String, Double> values = new LinkedHashMap<>(figure.values());
                values.putAll(window.per(figure.values().get("records")));
                return ScaleCurve.RESTORE.figure(offers, values);
            }
        }
    }

    private Figure partitions(int partitions, Path folder) throws InterruptedException {
        HarnessSpec spec = new HarnessSpec(WorkloadSpec.standard(2 * commands, commands / 10), partitions,
                100, 100, false, Duration.ofSeconds(60));
        try (Harness harness = new Harness(spec, folder)) {
            harness.loader().fill(2 * commands);
            return ScaleCurve.PARTITIONS.figure(partitions, harness.drain(LadderSubjects.SERVICE).values());
        }
    }
}
