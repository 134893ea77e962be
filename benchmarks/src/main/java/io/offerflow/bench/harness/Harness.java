package io.offerflow.bench.harness;

import io.offerflow.bench.load.Loader;
import io.offerflow.bench.load.Workload;
import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.bench.run.BenchBroker;
import io.offerflow.bench.run.CpuWindow;
import io.offerflow.bench.run.Subject;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.contract.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** Broker, workload, loader and checker, for one subject after another. */
public final class Harness implements AutoCloseable {

    /** The group of figures of subjects. */
    public static final String SUBJECT = "subject";
    /** The rate of a subject, by the outcomes that a {@code read_committed} consumer reads. */
    public static final String PER_SECOND = "commands/s";

    /** Share of a run that is warm-up, in which the JIT compiler takes as much time as the code it compiles. */
    private static final double WARM_UP = 2.0 / 3;
    /** For process clocks that count in hundredths of a second. */
    private static final double TOLERANCE = 1.02;
    /** Processor time is read shortly before and after the outcomes, in s; this matters for short runs. */
    private static final double AROUND = 0.5;
    private static final long TO_THE_END = -1;

    private final HarnessSpec spec;
    private final Path folder;
    private final BenchBroker broker;
    private final List<Figure> workload;
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
     * @throws BenchException if a command does not have exactly the one outcome that the rules give, or if the
     *     processors have no time for the rate at its cost
     */
    public Figure drain(Subject subject) throws InterruptedException {
        int commands = spec.workload().commands();
        checker.begin(commands, warmUp(commands));
        Figure figure = measure(subject);
        checker.rest().check(subject.name(), true); // repeated outcomes may come until the subject has ended
        return figure;
    }

    /** Deletes the journal of the last subject: a service with other state refuses to go on with it. */
    private void emptyJournal() throws InterruptedException {
        SubjectConfig config = config(folder, "harness");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", config.bootstrapServers()))) {
            admin.deleteRecords(IntStream.range(0, config.partitions()).boxed().collect(Collectors.toMap(partition ->
                    new TopicPartition(Topic.OFFER_JOURNAL.topicName(), partition), partition ->
                    RecordsToDelete.beforeOffset(TO_THE_END)))).all().get();
        } catch (ExecutionException e) {
            throw new BenchException("the broker does not delete the journal: " + e.getCause(), e);
        }
    }

    private Figure measure(Subject subject) throws InterruptedException {
        emptyJournal();
        try (Subject.RunningSubject running = subject.start(config(subject.name()))) {
            Checker.OutcomeCount warm = checker.warm();
            CpuWindow window = window(running::cpu).open();
            Checker.CheckResult done = checker.done();
            window.close();
            done.verdict().check(subject.name(), true);
            int commands = done.end().outcomes() - warm.outcomes();
            double seconds = (done.end().nanos() - warm.nanos()) / 1e9;
            Map<String, Double> cpu = window.per(commands);
            checkRate(subject.name(), commands, seconds, cpu, Runtime.getRuntime().availableProcessors());
            return throughput(subject.name(), commands, seconds, cpu);
        }
    }

    /** The figure of one run of a subject, without its warm-up. */
    public static Figure throughput(String subject, int commands, double seconds, Map<String, Double> cpu) {
        Map<String, Double> values = Figure.named(PER_SECOND, commands / seconds);
        values.putAll(cpu);
        values.putAll(Figure.named("commands", commands, "seconds", seconds));
        return new Figure(SUBJECT, subject, values);
    }

    /** Fails if processors have no time for so many commands. */
    static void checkRate(String subject, int commands, double seconds, Map<String, Double> cpu, int processors) {
        double most = processors * 1e6 / (cpu.get(CpuWindow.MEASURED) + cpu.get(CpuWindow.CHECKER));
        if (seconds > 0 && commands / (seconds * TOLERANCE + AROUND) > most) {
            throw new BenchException("measuring error: %s: %,.0f commands/s, but %d processors have time for %,.0f at "
                    .formatted(subject, commands / seconds, processors, most) + "that cost");
        }
    }

    /** A window over the processor time of a subject and of all parts of the harness. */
    public CpuWindow window(Supplier<Duration> subject) {
        return new CpuWindow().with(CpuWindow.APP, subject).with(CpuWindow.BROKER, broker::cpu)
                .with(CpuWindow.LOADER, loader::cpu).with(CpuWindow.CHECKER, checker::cpu);
    }

    public BenchBroker broker() {
        return broker;
    }

    /** The workload in figures. */
    public List<Figure> workload() {
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
