package io.offerflow.bench.scale;

import io.offerflow.bench.BenchException;
import io.offerflow.bench.Common;
import io.offerflow.bench.bed.Bed;
import io.offerflow.bench.bed.BedSpec;
import io.offerflow.bench.load.WorkloadSpec;
import io.offerflow.bench.report.FigureTables;
import io.offerflow.bench.result.Figures.Figure;
import io.offerflow.bench.result.Figures;
import io.offerflow.bench.result.ResultFile;
import io.offerflow.bench.result.Sample;
import io.offerflow.bench.run.Broker;
import io.offerflow.bench.run.Child;
import io.offerflow.bench.run.Site;
import io.offerflow.bench.run.Window;
import io.offerflow.bench.subject.Rungs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Curves: what a command costs as things grow. Each point is measured in a process of its own. */
@Command(name = "scale", description = {"What a command costs, by its kind and as offers, plans, "
        + "audiences, customers and partitions grow.",
        "Points that are not asked for stay in the result as they were measured before."},
        mixinStandardHelpOptions = true)
public final class ScaleCommand implements Callable<Integer> {

    private static final int RESTORED_PARTITIONS = 4;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Option(names = "--curves", split = ",", description = "Which of ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Curve> curves = List.of(Curve.values());

    @Option(names = "--points", split = ",", description = "Where on a curve, instead of its usual points; for one curve "
            + "at a time. 5000000 offers take 40 GB of disk, restoring them 60.")
    private List<Integer> points = List.of();

    @Option(names = "--commands", defaultValue = "60000",
            description = "Measured at a point of the curves of kinds, offers and partitions. "
                    + "Default: ${DEFAULT-VALUE}.")
    private int commands;

    @Option(names = "--heap", defaultValue = "1g",
            description = "Of each process; facts in memory need about 1 KB an offer. Default: ${DEFAULT-VALUE}.")
    private String heap;

    @Override
    public Integer call() throws InterruptedException {
        if (!points.isEmpty() && curves.size() != 1) {
            throw new BenchException("--points belongs to one curve; name it with --curves");
        }
        common.work(this::measure);
        return 0;
    }

    private void measure(Path folder) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        List<Figure> figures = new ArrayList<>();
        for (Curve curve : curves) {
            List<Figure> along = new ArrayList<>();
            for (int point : points.isEmpty() ? curve.points() : points) {
                along.addAll(measured(curve, point,
                        folder.resolve(curve.name().toLowerCase(Locale.ROOT) + "-" + point)));
            }
            figures.addAll(along);
            out.println(FigureTables.of(curve.title(), along));
            out.flush();
        }
        Path file = common.out("scale");
        figures.addAll(kept(file, figures));
        figures.sort(Curve.ORDER);
        Map<String, String> settings = common.settings();
        settings.keySet().retainAll(List.of("seed"));
        settings.put("commands", "" + commands);
        settings.put("heap", heap);
        ResultFile.write(file, Figures.now("scale", "./offerflow bench scale --commands " + commands, settings,
                figures));
    }

    /** Points that were not asked for stay in the file as they were measured before. */
    private static List<Figure> kept(Path file, List<Figure> measured) {
        return Files.exists(file) ? ResultFile.read(file, Figures.class).figures().stream()
                .filter(old -> measured.stream().noneMatch(figure -> figure.curve().equals(old.curve())
                        && figure.point().equals(old.point()))).toList() : List.of();
    }

    private List<Figure> measured(Curve curve, int point, Path folder) throws InterruptedException {
        try {
            return switch (curve) {
                case PARTITIONS -> List.of(curve.figure(point, partitions(point, folder)));
                case RESTORE -> List.of(restored(point, folder));
                default -> alone(curve, point, folder);
            };
        } finally {
            remove(folder); // the next point needs the disk
        }
    }

    private static void remove(Path folder) {
        try {
            Common.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }

    private List<Figure> alone(Curve curve, int point, Path folder) throws InterruptedException {
        try (Child child = fork(ScaleProcess.class, List.of("curve=" + curve, "size=" + point, "folder=" + folder,
                "commands=" + commands), folder)) {
            return ScaleProcess.reported(child, folder);
        }
    }

    private Child fork(Class<?> main, List<String> arguments, Path folder) {
        return Child.fork("scale", main, folder, List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+UseParallelGC",
                "-XX:+AlwaysPreTouch"), arguments);
    }

    private Figure restored(int offers, Path folder) throws InterruptedException {
        try (Broker broker = Broker.start(folder.resolve("broker"), RESTORED_PARTITIONS)) {
            Site site = new Site(broker.bootstrapServers(), broker.registryUrl(), RESTORED_PARTITIONS,
                    folder.resolve("workload"), folder.resolve("service"), "restore", 100);
            try (Child child = fork(RestoreProcess.class, RestoreProcess.arguments(site, offers), site.scratch())) {
                child.await(RestoreProcess.RESTORING, ScaleProcess.PATIENCE);
                Window window = new Window().with(Sample.APP, child::cpu).with(Sample.BROKER, broker::cpu).open();
                child.await(RestoreProcess.RESTORED, ScaleProcess.PATIENCE);
                window.close();
                Figure figure = ScaleProcess.reported(child, site.scratch()).getFirst();
                Map<String, Double> values = figure.values();
                Map<String, Double> micros = window.micros(values.get("records").intValue());
                values.put("CPU µs a record, app", micros.get(Sample.APP));
                values.put("broker", micros.get(Sample.BROKER));
                values.put("harness %", Meter.round(100 * window.harnessShare()));
                return figure;
            }
        }
    }

    private Map<String, Double> partitions(int partitions, Path folder) throws InterruptedException {
        BedSpec bedSpec = new BedSpec(WorkloadSpec.standard(2 * commands, commands / 10), partitions, 100, 100, false,
                Duration.ofSeconds(60));
        try (Bed bed = Bed.open(bedSpec, folder)) {
            bed.loader().fill(2 * commands);
            Sample sample = bed.drain(Rungs.SERVICE, 1);
            Map<String, Double> values = new LinkedHashMap<>();
            values.put("commands/s", Meter.round(sample.perSecond()));
            values.put("CPU µs a command, app", sample.cpuMicros().get(Sample.APP));
            values.put("broker", sample.cpuMicros().get(Sample.BROKER));
            values.put("harness %", Meter.round(100 * sample.harnessShare()));
            values.put("others' share of the machine %", Meter.round(100 * sample.othersShare()));
            return values;
        }
    }
}
