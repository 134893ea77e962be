package io.offerflow.bench.micro;

import io.offerflow.bench.BenchException;
import io.offerflow.bench.report.FigureTables;
import io.offerflow.bench.result.Figures;
import io.offerflow.bench.result.ResultFile;
import io.offerflow.codec.JournalMapping;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.Policy;
import io.offerflow.topology.OutputEncoder;
import io.offerflow.topology.OutputKey;
import io.offerflow.topology.outputs.Projection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The parts of one command by JMH, with what each allocates. */
@Command(name = "micro", description = "Time and allocation of the parts of one command, by JMH.",
        mixinStandardHelpOptions = true)
public final class MicroCommand implements Callable<Integer> {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    /** Name of the figures that say how many bytes come of a command on average. */
    public static final String SIZES = "of a command, on average";

    private static final String SAVED = "input of a save that is accepted";

    @Spec
    private CommandSpec spec;

    @Option(names = "--iterations", defaultValue = "5",
            description = "Of a second each, behind as many to warm up. Default: ${DEFAULT-VALUE}.")
    private int iterations;

    @Option(names = "--only", defaultValue = ".*", description = "A pattern for the names. Default: all.")
    private String only;

    @Option(names = "--out", description = "File for the result. Default: benchmarks/results/micro.json.")
    private Optional<Path> out;

    @Override
    public Integer call() {
        try {
            List<Figures.Figure> figures = new ArrayList<>();
            for (RunResult result : new Runner(new OptionsBuilder()
                    .include(CommandBenchmark.class.getName() + "\\." + only + "$").forks(1)
                    .warmupIterations(iterations).warmupTime(TimeValue.seconds(1)).measurementIterations(iterations)
                    .measurementTime(TimeValue.seconds(1)).addProfiler(GCProfiler.class).verbosity(VerboseMode.SILENT)
                    .jvmArgsAppend("-Xms1g", "-Xmx1g").build()).run()) {
                figures.add(figure(result));
            }
            List<Figures.Figure> sizes = sizes();
            figures.replaceAll(part -> perKilobyte(part, sizes));
            figures.addAll(sizes);
            Figures all = Figures.now("micro", "./offerflow bench micro --iterations " + iterations, Map.of("iterations", "" + iterations,
                            "workload", "standard, the last %d of its commands".formatted(Cases.KEPT)), figures);
            ResultFile.write(out.orElseGet(() -> Path.of(System.getProperty("offerflow.home", "."), "benchmarks",
                    "results", "micro.json")), all);
            PrintWriter terminal = spec.commandLine().getOut();
            terminal.println(FigureTables.of(all));
            terminal.flush();
            return 0;
        } catch (RunnerException e) {
            throw new BenchException("JMH cannot run: " + e.getMessage(), e);
        }
    }

    private static Figures.Figure figure(RunResult result) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("ns", round(result.getPrimaryResult().getScore()));
        values.put("±", round(result.getPrimaryResult().getScoreError()));
        values.put("bytes allocated", round(result.getSecondaryResults().get(ALLOCATED).getScore()));
        String name = result.getParams().getBenchmark();
        return new Figures.Figure("part of a command", name.substring(name.lastIndexOf('.') + 1), values);
    }

    /** A save is as dear as it is large: with what it costs for each KB of its input. */
    private static Figures.Figure perKilobyte(Figures.Figure part, List<Figures.Figure> sizes) {
        if (!part.point().equals("wholeSave")) {
            return part;
        }
        double bytes = sizes.stream().filter(size -> size.point().equals(SAVED)).findFirst().orElseThrow().values()
                .get("B");
        Map<String, Double> values = new LinkedHashMap<>(part.values());
        values.put("ns a KB of input", round(part.values().get("ns") / (bytes / 1024)));
        return new Figures.Figure(part.curve(), part.point(), values);
    }

    /** What a command is worth in bytes, before compression. */
    private static List<Figures.Figure> sizes() {
        SchemaRegistry registry = new InMemoryRegistry();
        List<Case> cases = Cases.of(registry);
        OutputEncoder outbox = new OutputEncoder(registry, new JournalMapping.DecidedBy("benchmark", Policy.DEFAULT.id()),
                Projection.all(Locale.ENGLISH));
        Map<String, Double> bytes = new TreeMap<>();
        for (Case one : cases) {
            bytes.merge("input", (double) one.value().length, Double::sum);
            bytes.merge("facts", (double) one.facts().length, Double::sum);
            bytes.merge("rows written", one.rows().stream().mapToDouble(row -> row.bytes().length).sum(), Double::sum);
            outbox.encode(one.moment(), new OutputKey(0, one.origin().key())).forEach(letter -> bytes.merge(
                    letter.topic().topicName(), letter.record().value() == null ? 0.0 : letter.record().value().length,
                    Double::sum));
        }
        bytes.replaceAll((what, sum) -> sum / cases.size());
        bytes.put(SAVED, Cases.saves(cases).stream().mapToInt(save -> save.value().length).average().orElseThrow());
        return bytes.entrySet().stream().map(size -> new Figures.Figure(SIZES, size.getKey(),
                Map.of("B", round(size.getValue())))).toList();
    }

    private static double round(double value) {
        return Double.isFinite(value) ? Math.round(value * 10) / 10.0 : -1;
    }
}
