package io.offerflow.faults;

import io.offerflow.faults.crash.CrashPoints;
import io.offerflow.faults.plant.Plant;
import io.offerflow.faults.run.ClusterRun;
import io.offerflow.faults.run.ClusterRunOptions;
import io.offerflow.faults.run.FaultKind;
import io.offerflow.faults.run.RunReport;
import io.offerflow.faults.run.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** The fault runs, each a verb of {@code ./offerflow faults}. */
@Command(name = "offerflow faults", description = "Tests the promises of the service under faults.",
        mixinStandardHelpOptions = true)
public final class Faults {

    private static final String HOME = "${sys:offerflow.home:-.}/";
    private static final double FAULTS_PER_MINUTE = 9;
    private static final int FEWEST_INSTANCES = 2;

    @Spec
    private CommandSpec spec;

    private Faults() {
    }

    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "faults-logback.xml"); // others are on the class path, too
        System.exit(new CommandLine(new Faults()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
    }

    @Command(name = "crash-points", mixinStandardHelpOptions = true, showDefaultValues = true,
            description = {"Ends the process of a task in memory before each read, write and forward of each "
                    + "transaction, recovers, and compares the state and the records with a run without a crash.",
                    "Exit code 1 if a difference was found."})
    int crashPoints(@Option(names = "--seeds", defaultValue = "135", description = "Number of seeds.") int seeds,
            @Option(names = "--seed", description = "Runs this seed alone.") Optional<Long> only,
            @Option(names = "--transactions", defaultValue = "200",
                    description = "Transactions of each seed.") int transactions) {
        long begun = System.nanoTime();
        AtomicLong points = new AtomicLong();
        List<String> violations = only.map(LongStream::of).orElseGet(() -> LongStream.range(0, seeds)).parallel()
                .mapToObj(seed -> {
                    CrashPoints.Result result = CrashPoints.run(seed, transactions);
                    points.addAndGet(result.crashPoints());
                    return result.violation().map(found -> "seed %d, %s".formatted(seed, found)).stream().toList();
                }).flatMap(List::stream).collect(Collectors.toList());
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        violations.forEach(violation -> spec.commandLine().getErr().println(violation));
        spec.commandLine().getOut().printf("%,d crash points in %d.%d s, %d violations%n", points.get(),
                took.toSeconds(), took.toMillisPart() / 100, violations.size());
        spec.commandLine().getOut().flush();
        return violations.isEmpty() ? 0 : 1;
    }

    @Command(name = "cluster", mixinStandardHelpOptions = true, showDefaultValues = true,
            description = {"Runs three brokers and several instances under load and faults, and checks every promise "
                    + "over all that they have committed.", "Exit code 1 if a promise was broken."})
    int cluster(@Option(names = "--minutes", defaultValue = "15", description = "Time of the load.") double minutes,
            @Option(names = "--seed", defaultValue = "1", description = "Seed of inputs and faults.") long seed,
            @Option(names = "--instances", defaultValue = "3", description = "Instances of the service.")
            int instances,
            @Option(names = "--partitions", defaultValue = "6", description = "Partitions of each topic.")
            int partitions,
            @Option(names = "--rate", defaultValue = "100", description = "Inputs per second.") int rate,
            @Option(names = "--offers", defaultValue = "200",
                    description = "Number of offers; with fewer, each goes further in its life.") int offers,
            @Option(names = "--faults", defaultValue = "-1",
                    description = "Number of faults; by default 9 per minute.") int faults,
            @Option(names = "--no-edges", description = "Without a gateway and a notifier, and their clients.")
            boolean noEdges,
            @Option(names = "--plant", description = "A defect that the run has to find: ${COMPLETION-CANDIDATES}.")
            Optional<Plant> plant,
            @Option(names = "--results", defaultValue = HOME + "faults/results",
                    description = "Folder of the report.") Path results)
            throws InterruptedException, IOException {
        if (instances < FEWEST_INSTANCES) {
            throw new CommandLine.ParameterException(spec.commandLine(), "Expected --instances to be at least "
                    + FEWEST_INSTANCES + ", since one is always left, but it is " + instances + ".");
        }
        Path folder = Files.createTempDirectory("offerflow-faults-").toRealPath();
        RunSpec load = new RunSpec(minutes, seed, faults >= 0 ? faults : (int) (minutes * FAULTS_PER_MINUTE),
                instances, partitions, rate, offers, !noEdges);
        RunReport report = ClusterRun.of(new ClusterRunOptions(folder, load, EnumSet.allOf(FaultKind.class), plant),
                this::print);
        report.write(results);
        report.trouble().forEach(spec.commandLine().getErr()::println);
        report.violations().forEach(violation -> spec.commandLine().getErr().println("seed %d: %s".formatted(seed,
                violation)));
        print("%,d inputs, %d faults, %d violations; %s has the report".formatted(report.inputs(),
                report.faults().size(), report.violations().size(), results.resolve("cluster.md")));
        return report.keptAll() ? 0 : 1;
    }

    private void print(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
