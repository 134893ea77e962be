package io.offerflow.faults.corruption;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.domain.model.PolicySettings;
import io.offerflow.faults.cluster.Guardian;
import io.offerflow.faults.corruption.CorruptionCase.Before;
import io.offerflow.faults.oracle.Violation;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayPreconditionException;
import io.offerflow.replay.write.NewGeneration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;

/**
 * Changes one file at a time, with its owner stopped. Each case has the same files of a service under load, and then
 * more load, and all oracles over what was committed before and after the change.
 */
public final class CorruptionRun {

    private static final int OFFERS = 400;
    private static final int RATE = 250;
    private static final Duration FIRST_LOAD = Duration.ofSeconds(12);
    private static final Duration MORE_LOAD = Duration.ofSeconds(4);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(180);
    private static final Duration GROUP_TIMEOUT = Duration.ofSeconds(60);

    private final Path folder;
    private final long seed;
    private final int partitions;
    private final Consumer<String> progress;
    private final Guardian guardian;
    private final Map<Before, Start> starts = new EnumMap<>(Before.class);

    /** The files before a change, and the inputs that led to them. */
    private record Start(RunFiles files, Load load) {
    }

    private CorruptionRun(Path folder, long seed, int partitions, Consumer<String> progress, Guardian guardian) {
        this.folder = folder;
        this.seed = seed;
        this.partitions = partitions;
        this.progress = progress;
        this.guardian = guardian;
    }

    /**
     * Runs the cases.
     *
     * @param folder for all that the processes write; removed at the end
     * @param wanted the cases to run
     * @param progress takes a line per case
     * @param report takes the report after each case
     */
    public static void run(Path folder, long seed, int partitions, Predicate<CorruptionCase> wanted,
            Consumer<String> progress, Consumer<CorruptionReport> report) throws InterruptedException {
        try (Guardian guardian = new Guardian(folder)) {
            new CorruptionRun(folder, seed, partitions, progress, guardian).run(
                    CorruptionCase.all().stream().filter(wanted).toList(), report);
        }
    }

    private void run(List<CorruptionCase> cases, Consumer<CorruptionReport> report) throws InterruptedException {
        List<CaseResult> results = new ArrayList<>();
        for (CorruptionCase change : cases) {
            Start start = start(change.before());
            CaseResult result = new Case(change, start, new Random(seed * 1_000
                    + CorruptionCase.all().indexOf(change))).run();
            progress.accept("%s, %s, %s: %s%s".formatted(change.file(), change.before(), change.change(),
                    result.verdict(), result.wayBack().map(way -> ", %s %s".formatted(way,
                            result.restored().orElse(false) ? "worked" : "did not work")).orElse("")));
            if (!result.isGood()) {
                keepLogs(change);
            }
            result.violations().forEach(violation -> progress.accept("  " + violation));
            results.add(result);
            report.accept(new CorruptionReport(seed, partitions, start.load().sent(), List.copyOf(results)));
        }
    }

    /** The logs of a bad case stay next to the folder of the run, which is removed. */
    private void keepLogs(CorruptionCase change) {
        Path kept = folder.resolveSibling(folder.getFileName() + "-logs");
        try {
            Files.createDirectories(kept);
            RunFiles.copy(folder.resolve("case").resolve("logs"), kept.resolve("%s-%s-%s".formatted(change.file(),
                    change.before(), change.change())));
            progress.accept("  its logs are kept in " + kept);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + kept, e);
        }
    }

    private static Map<String, String> settings(Before before) {
        Map<String, String> settings = new TreeMap<>(RULES);
        settings.put("due.grace", "PT2S");
        settings.put("group.instance.id", "instance-1");
        if (before == Before.KILLED) {
            settings.put("kafka.enable.transactional.statestores", "true");
        }
        return settings;
    }

    /** Rules whose due times come within a run. */
    private static final Map<String, String> RULES = Map.of("stop.sell.delay", "PT5S", "audience.sync.delay", "PT3S");

    /** The files with which cases begin, made once. */
    private Start start(Before before) throws InterruptedException {
        Before kind = before == Before.WIPED ? Before.STOPPED : before;
        if (!starts.containsKey(kind)) {
            RunFiles files = new RunFiles(folder.resolve("start-" + kind), RunFiles.APPLICATION);
            Load load = new Load(seed, OFFERS, partitions, RATE);
            try (SmallCluster cluster = new SmallCluster(files, partitions, settings(kind), guardian)) {
                begin(cluster);
                load(cluster, load, FIRST_LOAD);
                if (kind == Before.KILLED) { // rows reach the disk at the end; then a transaction is cut off
                    cluster.stop();
                    begin(cluster);
                    load(cluster, load, MORE_LOAD);
                    cluster.kill();
                } else {
                    cluster.stop();
                }
            }
            starts.put(kind, new Start(files, load));
        }
        return starts.get(kind);
    }

    private static void begin(SmallCluster cluster) throws InterruptedException {
        expectNone(cluster.startSandbox());
        if (!cluster.startService(RunFiles.APPLICATION, START_TIMEOUT).ready()) {
            throw new IllegalStateException("before any change: the service does not get ready");
        }
    }

    private static void expectNone(Optional<String> failure) {
        failure.ifPresent(why -> {
            throw new IllegalStateException("before any change: " + why);
        });
    }

    private static void load(SmallCluster cluster, Load load, Duration time) throws InterruptedException {
        try (RegistryClient registry = new RegistryClient(RegistryOptions.at(cluster.registryUrl()))) {
            if (!load.run(cluster, RunFiles.APPLICATION, registry, time, START_TIMEOUT)) {
                throw new IllegalStateException("before any change: the service does not take its inputs");
            }
        }
    }

    /** One case. */
    private final class Case {

        private final CorruptionCase change;
        private final Start start;
        private final Random random;
        private final RunFiles files;
        private final Load load;
        private final Path damaged;
        private final Path copy;
        private Runnable undo = () -> { };

        Case(CorruptionCase change, Start start, Random random) {
            this.change = change;
            this.start = start;
            this.random = random;
            this.files = start.files().copyTo(folder.resolve("case"));
            this.load = start.load().copy();
            this.damaged = change.file().find(files);
            this.copy = files.root().resolve("copy");
        }

        CaseResult run() throws InterruptedException {
            RunFiles.copy(damaged, copy);
            long position = change.change().apply(damaged, random);
            undo = () -> FileChange.restore(copy, damaged, position);
            if (change.before() == Before.WIPED) {
                RunFiles.delete(files.state());
            }
            try (SmallCluster cluster = new SmallCluster(files, partitions, settings(change.before()), guardian)) {
                Outcome outcome = serve(cluster, RunFiles.APPLICATION);
                FileVerdict verdict = FileVerdict.of(outcome.goesOn(), outcome.seen(), outcome.violations());
                boolean helped = !outcome.goesOn() || !outcome.readable();
                Optional<WayBack> wayBack = Optional.of(change.file().wayBack())
                        .filter(way -> helped && way != WayBack.NONE);
                return new CaseResult(change, position, verdict, outcome.goesOn(), outcome.seen(),
                        outcome.violations(), wayBack, helped ? Optional.of(wayBack.isPresent()
                                && goBack(cluster, wayBack.get())) : Optional.empty());
            }
        }

        /** Starts all, sends more inputs, stops, and checks. */
        private Outcome serve(SmallCluster cluster, String applicationId) throws InterruptedException {
            List<SeenLine> seen = new ArrayList<>();
            Optional<String> away = cluster.startSandbox();
            away.ifPresent(why -> seen.add(new SeenLine("broker", why)));
            if (away.isPresent()) {
                return new Outcome(false, true, seen, List.of());
            }
            try (RegistryClient registry = new RegistryClient(RegistryOptions.at(cluster.registryUrl()))) {
                SmallCluster.ServiceStart started = cluster.startService(applicationId, PATIENCE);
                boolean goesOn = started.ready() && load.run(cluster, applicationId, registry, MORE_LOAD, PATIENCE);
                started.stopped().or(cluster::stopped).ifPresent(why -> seen.add(new SeenLine("service", why)));
                cluster.stopService();
                Committed committed = goesOn ? Committed.check(cluster, files.of(applicationId), registry, load,
                        PolicySettings.policy(RULES)) : Committed.NOT_CHECKED;
                cluster.seen().stream().filter(line -> seen.stream().noneMatch(known ->
                        known.sentence().equals(line.sentence()))).forEach(seen::add);
                seen.addAll(committed.seen());
                return new Outcome(goesOn, committed.readable(), seen, committed.violations());
            } finally {
                cluster.stop();
            }
        }

        /** Does what the way back says, and tells whether all is well then. */
        private boolean goBack(SmallCluster cluster, WayBack way) throws InterruptedException {
            try {
                return isWellAfter(cluster, way);
            } catch (IllegalStateException | KafkaException e) {
                progress.accept("  the way back failed: " + e);
                return false;
            }
        }

        private boolean isWellAfter(SmallCluster cluster, WayBack way) throws InterruptedException {
            String applicationId = RunFiles.APPLICATION;
            switch (way) {
                case NONE -> { }
                case STATE_WIPED -> RunFiles.delete(files.state());
                case RESTORED_FILE -> RunFiles.copy(copy, damaged);
                case RESTORED_SEGMENT -> {
                    if (change.change() == FileChange.CUT_TAIL) {
                        RunFiles.copy(start.files().partition(Topic.OFFER_JOURNAL.topicName(), 0),
                                files.partition(Topic.OFFER_JOURNAL.topicName(), 0));
                    } else {
                        undo.run();
                    }
                }
                case NEW_GENERATION -> {
                    applicationId += "-2";
                    newGeneration(cluster, applicationId);
                }
            }
            RunFiles.delete(files.logs());
            Outcome outcome = serve(cluster, applicationId);
            outcome.violations().forEach(violation -> progress.accept("  after the way back: " + violation));
            return outcome.goesOn() && outcome.readable() && outcome.violations().isEmpty();
        }

        private void newGeneration(SmallCluster cluster, String newId) throws InterruptedException {
            expectNone(cluster.startSandbox());
            try (RegistryClient registry = new RegistryClient(RegistryOptions.at(cluster.registryUrl()))) {
                Map<String, Object> client = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                        cluster.bootstrapServers());
                long until = System.nanoTime() + GROUP_TIMEOUT.toNanos();
                while (true) {
                    try {
                        new NewGeneration(new KafkaReplayCluster(client, registry),
                                ReplayOptions.defaults(files.root().resolve("spill")), RunFiles.APPLICATION, newId,
                                false).run();
                        return;
                    } catch (ReplayPreconditionException e) { // the group has a member until its session ends
                        if (System.nanoTime() > until) {
                            throw e;
                        }
                        Thread.sleep(Duration.ofSeconds(2));
                    }
                }
            } finally {
                cluster.stop();
            }
        }
    }

    /**
     * What happened after a start.
     *
     * @param goesOn whether the service took its inputs
     * @param readable whether all topics could be read
     */
    private record Outcome(boolean goesOn, boolean readable, List<SeenLine> seen,
            List<Violation> violations) {
    }
}
