package io.offerflow.bench.harness;

import io.offerflow.bench.load.Loader;
import io.offerflow.bench.load.Workload;
import io.offerflow.bench.result.CpuUse;
import io.offerflow.bench.result.ThroughputSample;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.result.WorkloadSummary;
import io.offerflow.bench.run.BenchBroker;
import io.offerflow.bench.run.CpuWindow;
import io.offerflow.bench.run.Subject;
import io.offerflow.bench.run.SubjectConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Broker, workload, loader and checker, for one subject after another. */
public final class Harness implements AutoCloseable {

    /** Share of a run that is warm-up, in which the JIT compiler takes as much time as the code it compiles. */
    private static final double WARM_UP = 2.0 / 3;

    private final HarnessSpec spec;
    private final Path folder;
    private final BenchBroker broker;
    private final WorkloadSummary workload;
    private final Loader loader;
    private final Checker checker;
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private int runs;

    /** Starts the broker, generates the workload, and starts loader and checker; sends nothing. */
    public Harness(HarnessSpec spec, Path folder) throws InterruptedException {
        this.spec = spec;
        this.folder = folder;
        try {
            broker = new BenchBroker(folder.resolve("broker"), spec.partitions());
            closing.push(broker::close);
            SubjectConfig config = config(folder, "harness");
            try (var registry = config.registry()) {
                workload = Workload.write(spec.workload(), registry, spec.partitions(), config.workload(),
                        spec.footprints());
            }
            loader = new Loader(config, spec.lingerMs());
            closing.push(loader::close);
            checker = new Checker(config, spec.patience());
            closing.push(checker::close);
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    public static int warmUp(int commands) {
        return (int) (commands * WARM_UP);
    }

    /** The configuration of the next run of a subject, with a folder and a name that no other run has. */
    public SubjectConfig config(String subject) {
        runs++;
        String run = "%s-%d".formatted(subject, runs);
        return config(folder.resolve(run), run);
    }

    private SubjectConfig config(Path scratch, String run) {
        return broker.config(folder.resolve("workload"), scratch, run, spec.commitIntervalMs());
    }

    /**
     * Lets a subject take all commands, which are on the topics already, and measures it after its warm-up.
     *
     * @throws BenchException if a command does not have exactly the one outcome that the rules give
     */
    public ThroughputSample drain(Subject subject, int round) throws InterruptedException {
        int commands = spec.workload().commands();
        checker.begin(commands, warmUp(commands));
        ThroughputSample sample = measure(subject, round);
        checker.rest().check(subject.name(), true); // repeated outcomes may come until the subject has ended
        return sample.checked(Runtime.getRuntime().availableProcessors());
    }

    private ThroughputSample measure(Subject subject, int round) throws InterruptedException {
        try (Subject.RunningSubject running = subject.start(config(subject.name()))) {
            Checker.OutcomeCount warm = checker.warm();
            CpuWindow window = new CpuWindow().with(CpuUse.APP, running::cpu).with(CpuUse.BROKER, broker::cpu)
                    .with(CpuUse.CHECKER, checker::cpu).open();
            Checker.CheckResult done = checker.done();
            window.close();
            done.verdict().check(subject.name(), true);
            int measured = done.end().outcomes() - warm.outcomes();
            double seconds = (done.end().nanos() - warm.nanos()) / 1e9;
            return new ThroughputSample(subject.name(), round, measured, seconds, measured / seconds,
                    window.per(measured));
        }
    }

    /** A window over the processor time of a subject and of all parts of the harness, open loop. */
    public CpuWindow window(Supplier<Duration> subject) {
        return new CpuWindow().with(CpuUse.APP, subject).with(CpuUse.BROKER, broker::cpu)
                .with(CpuUse.LOADER, loader::cpu).with(CpuUse.CHECKER, checker::cpu);
    }

    public BenchBroker broker() {
        return broker;
    }

    public WorkloadSummary workload() {
        return workload;
    }

    public Loader loader() {
        return loader;
    }

    public Checker checker() {
        return checker;
    }

    @Override
    public void close() {
        closing.forEach(Runnable::run);
    }

    /**
     * What all subjects of a measurement have in common.
     *
     * @param partitions of every topic
     * @param lingerMs of the loader
     * @param footprints whether some subjects need the footprints of commands
     * @param patience time without any outcome after which the rest counts as missing
     */
    public record HarnessSpec(WorkloadSpec workload, int partitions, int commitIntervalMs, int lingerMs,
            boolean footprints, Duration patience) {
    }
}
