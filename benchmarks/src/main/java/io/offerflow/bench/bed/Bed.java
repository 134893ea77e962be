package io.offerflow.bench.bed;

import io.offerflow.bench.check.Checker;
import io.offerflow.bench.load.LoaderClient;
import io.offerflow.bench.load.Workload;
import io.offerflow.bench.load.WorkloadSummary;
import io.offerflow.bench.result.Sample;
import io.offerflow.bench.run.Broker;
import io.offerflow.bench.run.Site;
import io.offerflow.bench.run.Subject;
import io.offerflow.bench.run.Window;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Broker, workload, loader and checker; subjects come and go. */
public final class Bed implements AutoCloseable {

    private static final Duration LONGEST_RUN = Duration.ofMinutes(30);
    /** Of the commands of a run: so long the compiler of the JVM takes as much processor time as what it compiles. */
    private static final double WARM_UP = 2.0 / 3;

    private final BedSpec spec;
    private final Path folder;
    private final Broker broker;
    private final WorkloadSummary workload;
    private final LoaderClient loader;
    private final Checker checker;
    private int runs;

    private Bed(BedSpec spec, Path folder, Broker broker, WorkloadSummary workload, LoaderClient loader,
            Checker checker) {
        this.spec = spec;
        this.folder = folder;
        this.broker = broker;
        this.workload = workload;
        this.loader = loader;
        this.checker = checker;
    }

    /** Starts the broker, makes the workload, and starts loader and checker; nothing is sent yet. */
    public static Bed open(BedSpec spec, Path folder) throws InterruptedException {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Broker broker = Broker.start(folder.resolve("broker"), spec.partitions());
            opened.push(broker);
            Path files = folder.resolve("workload");
            WorkloadSummary workload;
            try (RegistryClient registry = new RegistryClient(RegistryOptions.at(broker.registryUrl()))) {
                workload = Workload.write(spec.workload(), registry, spec.partitions(), files, spec.footprints());
            }
            Site site = new Site(broker.bootstrapServers(), broker.registryUrl(), spec.partitions(), files, folder,
                    "bed", spec.commitIntervalMs());
            LoaderClient loader = LoaderClient.start(site, spec.lingerMs());
            opened.push(loader);
            return new Bed(spec, folder, broker, workload, loader, Checker.start(site, spec.patience()));
        } catch (RuntimeException | InterruptedException e) {
            opened.forEach(Bed::close);
            throw e;
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot end a process", e);
        }
    }

    /** How many of so many commands only warm a subject up. */
    public static int warmUp(int commands) {
        return (int) (commands * WARM_UP);
    }

    /** A site of its own for the next subject. */
    public Site site(String subject) {
        runs++;
        String run = "%s-%d".formatted(subject, runs);
        return new Site(broker.bootstrapServers(), broker.registryUrl(), spec.partitions(), folder.resolve("workload"),
                folder.resolve(run), run, spec.commitIntervalMs());
    }

    /**
     * Has a subject take all commands, which lie at the broker already, and measures it once it is warm.
     *
     * @throws io.offerflow.bench.VoidRunException if a command has no outcome, or more than one, or another than the
     *     rules give
     */
    public Sample drain(Subject subject, int round) throws InterruptedException {
        int commands = spec.workload().commands();
        checker.begin(commands, warmUp(commands));
        Sample sample = watched(subject, round);
        checker.rest().check(subject.name(), true); // only now that it has ended, it is sure that nothing came twice
        return sample.checked(Runtime.getRuntime().availableProcessors());
    }

    private Sample watched(Subject subject, int round) throws InterruptedException {
        try (Subject.Running running = subject.start(site(subject.name()))) {
            Checker.Mark warm = checker.warm(LONGEST_RUN);
            Window window = new Window().with(Sample.APP, running::cpu).with(Sample.BROKER, broker::cpu)
                    .with(Sample.CHECKER, checker::cpu).open();
            Checker.Done done = checker.done(LONGEST_RUN);
            window.close();
            done.verdict().check(subject.name(), true);
            int measured = done.mark().outcomes() - warm.outcomes();
            double seconds = (done.mark().nanos() - warm.nanos()) / 1e9;
            return new Sample(subject.name(), round, measured, seconds, measured / seconds, window.micros(measured),
                    window.othersShare(), window.loadAverage());
        }
    }

    public Broker broker() {
        return broker;
    }

    public WorkloadSummary workload() {
        return workload;
    }

    public LoaderClient loader() {
        return loader;
    }

    public Checker checker() {
        return checker;
    }

    @Override
    public void close() {
        loader.close();
        checker.close();
        broker.close();
    }
}
