package io.offerflow.bench.micro;

import io.offerflow.bench.harness.BenchCommand;
import io.offerflow.bench.micro.PreparedCommands.PreparedCommand;
import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.Figure;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.topology.OutputEncoder;
import io.offerflow.topology.OutputKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The parts of one command by JMH, with the allocation of each. */
@Command(name = "micro", description = "Time and allocation of the parts of one command, by JMH.")
public final class MicroCommand extends BenchCommand {

    /** The group of figures of JMH. */
    static final String PARTS = "part of a command";
    /** The group of figures that give the bytes of a command. */
    public static final String SIZES = "of a command, on average";

    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final String SAVED = "input of a save that is accepted";

    @Option(names = "--iterations", defaultValue = "5", description =
            "Number of iterations of one second, after as many for warm-up.")
    private int iterations;

    @Option(names = "--only", defaultValue = ".*", description = "A pattern for the names of parts.")
    private String only;

    @Override
    public Integer call() {
        try {
            Map<String, Double> sizes = sizes();
            List<Figure> figures = new ArrayList<>();
            for (RunResult result : new Runner(new OptionsBuilder()
                    .include(CommandBenchmark.class.getName() + "\\." + only + "$").forks(1)
                    .warmupIterations(iterations).warmupTime(TimeValue.seconds(1)).measurementIterations(iterations)
                    .measurementTime(TimeValue.seconds(1)).addProfiler(GCProfiler.class).verbosity(VerboseMode.SILENT)
                    .jvmArgsAppend("-Xms1g", "-Xmx1g").build()).run()) {
                figures.add(figure(result, sizes.get(SAVED)));
            }
            sizes.forEach((what, bytes) -> figures.add(new Figure(SIZES, what, Figure.named("B", bytes))));
            save(figures, Map.of("workload", "standard, the last %d of its commands".formatted(PreparedCommands.KEPT)));
            return 0;
        } catch (RunnerException e) {
            throw new BenchException("JMH cannot run: " + e.getMessage(), e);
        }
    }

    private static Figure figure(RunResult result, double savedBytes) {
        String name = result.getParams().getBenchmark();
        String part = name.substring(name.lastIndexOf('.') + 1);
        double nanos = result.getPrimaryResult().getScore();
        return new Figure(PARTS, part, Figure.named("ns", nanos, "±", result.getPrimaryResult().getScoreError(),
                "bytes allocated", result.getSecondaryResults().get(ALLOCATED).getScore(), "ns a KB of input",
                part.equals("wholeSave") ? nanos / (savedBytes / 1024) : Double.NaN)); // depends on the size
    }

    /** Bytes of a command before compression. */
    private static Map<String, Double> sizes() {
        var registry = new InMemoryRegistry();
        List<PreparedCommand> commands = PreparedCommands.of(registry);
        OutputEncoder outbox = PreparedCommands.outputEncoder(registry);
        Map<String, Double> bytes = new TreeMap<>();
        for (PreparedCommand command : commands) {
            bytes.merge("input", (double) command.value().length, Double::sum);
            bytes.merge("facts", (double) command.facts().length, Double::sum);
            bytes.merge("rows written", command.rows().stream().mapToDouble(row -> row.bytes().length).sum(),
                    Double::sum);
            outbox.encode(1, command.moment(), new OutputKey(0, command.origin().key())).forEach(output -> bytes.merge(
                    output.topic().topicName(), output.record().value() == null ? 0.0 : output.record().value().length,
                    Double::sum));
        }
        bytes.replaceAll((what, sum) -> sum / commands.size());
        bytes.put(SAVED, commands.stream().filter(PreparedCommand::isAcceptedSave)
                .mapToInt(save -> save.value().length).average().orElseThrow());
        return bytes;
    }
}
