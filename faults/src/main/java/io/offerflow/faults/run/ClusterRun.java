package io.offerflow.faults.run;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.domain.model.PolicySettings;
import io.offerflow.faults.cluster.ClusterView;
import io.offerflow.faults.cluster.Member;
import io.offerflow.faults.cluster.ServiceCluster;
import io.offerflow.faults.history.PartitionHistory;
import io.offerflow.faults.load.CommittedReader;
import io.offerflow.faults.load.Histories;
import io.offerflow.faults.load.InputSender;
import io.offerflow.faults.load.RecoveryTimes;
import io.offerflow.faults.oracle.Oracles;
import io.offerflow.faults.oracle.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A cluster under load and faults, then all oracles over what it has committed. */
public final class ClusterRun {

    /** Rules whose due times come within a run. */
    private static final Map<String, String> RULES = Map.of("stop.sell.delay", "PT5S", "audience.sync.delay", "PT3S");
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(10);
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration LAST_RECOVERY = Duration.ofSeconds(2);
    private static final String APPLICATION = "offerflow";

    private final ClusterRunOptions options;
    private final RunSpec spec;
    private final ServiceCluster cluster;
    private final RegistryClient registry;
    private final Consumer<String> progress;
    private final RecoveryTimes recoveries = new RecoveryTimes();
    private final List<String> trouble = Collections.synchronizedList(new ArrayList<>());
    private final List<Violation> violations = new ArrayList<>();
    private long entries;

    private ClusterRun(ClusterRunOptions options, ServiceCluster cluster, RegistryClient registry,
            Consumer<String> progress) {
        this.options = options;
        this.spec = options.spec();
        this.cluster = cluster;
        this.registry = registry;
        this.progress = progress;
    }

    /**
     * Starts a cluster, runs it, and checks what it has left.
     *
     * @param progress takes a line per fault
     */
    public static RunReport of(ClusterRunOptions options, Consumer<String> progress) throws InterruptedException {
        Map<String, String> settings = new TreeMap<>(RULES);
        settings.put("due.grace", "PT2S");
        settings.put("commit.interval.ms", "250"); // each commit writes a marker to all partitions of three brokers
        try (ServiceCluster cluster = new ServiceCluster(options.folder(), new ServiceCluster.ClusterShape(
                options.spec().instances(), options.spec().partitions(), settings, options.spec().edges(),
                options.plant()));
                RegistryClient registry = new RegistryClient(RegistryOptions.at(cluster.registryUrl()))) {
            return new ClusterRun(options, cluster, registry, progress).run();
        }
    }

    private RunReport run() throws InterruptedException {
        Optional<EdgeLoad> edges = spec.edges() ? Optional.of(new EdgeLoad(cluster, registry, recoveries))
                : Optional.empty();
        try (InputSender sender = new InputSender(cluster.bootstrapServers(), registry, spec.partitions(),
                spec.seed(), spec.offers(), spec.rate());
                CommittedReader reader = new CommittedReader(cluster.bootstrapServers(), registry,
                        spec.partitions(), sender, recoveries)) {
            long begun = System.nanoTime();
            List<InjectedFault> faults = faults(sender);
            double minutes = (System.nanoTime() - begun) / 60e9;
            int unanswered = sender.awaitAnswers(ANSWER_TIMEOUT);
            if (unanswered > 0 || !Histories.awaitTaken(cluster.bootstrapServers(), APPLICATION,
                    spec.partitions(), ANSWER_TIMEOUT)) {
                trouble.add("%d inputs had no answer %d minutes after the last one was sent".formatted(unanswered,
                        ANSWER_TIMEOUT.toMinutes()));
            }
            if (edges.isPresent()) {
                edges.get().awaitAnswers();
            }
            progress.accept("all inputs are answered; checking");
            cluster.stopInstances();
            Histories.awaitNoTransaction(cluster.bootstrapServers(), spec.partitions(), TRANSACTION_TIMEOUT);
            check(reader, sender, edges);
            Map<String, Integer> ends = new TreeMap<>();
            services().forEach(service -> ends.put(service.name(), service.ends()));
            if (!trouble.isEmpty() || !violations.isEmpty()) {
                keepLogs();
            }
            Set<FaultKind> leftOut = EnumSet.complementOf(EnumSet.copyOf(FaultInjector.possible(cluster)));
            return new RunReport(spec, minutes, sender.sent(), sender.repeated(), sender.failed(), entries,
                    edges.map(EdgeLoad::report), faults, ends, List.copyOf(leftOut), List.copyOf(trouble), violations);
        } finally {
            edges.ifPresent(EdgeLoad::close);
        }
    }

    /** The load goes on for its time, and until the last fault is over. */
    private List<InjectedFault> faults(InputSender sender) throws InterruptedException {
        long begun = System.nanoTime();
        Set<FaultKind> kinds = FaultInjector.possible(cluster);
        kinds.retainAll(options.kinds());
        List<FaultKind> schedule = FaultSchedule.of(spec.seed(), spec.faults(), kinds);
        List<Thread> running = new ArrayList<>();
        Thread supervisor = Thread.ofPlatform().daemon().name("supervisor").start(this::supervise);
        try (ClusterView view = new ClusterView(cluster.bootstrapServers(), APPLICATION, spec.partitions())) {
            FaultInjector injector = new FaultInjector(cluster, view, sender, recoveries, spec.partitions());
            for (int number = 1; number <= schedule.size(); number++) {
                sleepUntil(begun + spec.time().toNanos() * number / (schedule.size() + 1));
                FaultKind kind = schedule.get(number - 1);
                FaultInjector.FaultTask fault = injector.prepare(number, kind,
                        new Random(spec.seed() * 1_000 + number));
                progress.accept("%d s: fault %d, %s".formatted((System.nanoTime() - begun) / 1_000_000_000, number,
                        kind.sentence()));
                running.add(Thread.ofPlatform().name("fault-" + number).start(() -> run(kind, fault)));
            }
            sleepUntil(begun + spec.time().toNanos());
            for (Thread fault : running) {
                fault.join();
            }
            for (Member service : services()) {
                service.awaitReady();
            }
            sleepUntil(System.nanoTime() + LAST_RECOVERY.toNanos());
            return injector.faults();
        } finally {
            supervisor.interrupt();
        }
    }

    /** What is started again if it ends by itself. */
    private List<Member> services() {
        return Stream.concat(cluster.instances().stream(), cluster.edges().stream()).toList();
    }

    /** Starts processes again that end by themselves, as an orchestrator does. */
    private void supervise() {
        try {
            while (true) {
                services().forEach(Member::revive);
                TimeUnit.SECONDS.sleep(1);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(FaultKind kind, FaultInjector.FaultTask fault) {
        try {
            fault.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            trouble.add("%s: %s".formatted(kind.sentence(), e));
        }
    }

    /** The logs of the processes stay next to the folder of the run, which is removed. */
    private void keepLogs() {
        Path kept = options.folder().resolveSibling(options.folder().getFileName() + "-logs");
        try (Stream<Path> logs = Files.list(cluster.logs())) {
            Files.createDirectories(kept);
            for (Path log : logs.toList()) {
                Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            progress.accept("the logs of the processes are kept in " + kept);
        } catch (IOException e) {
            trouble.add("the logs of the processes were not kept: " + e);
        }
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos - System.nanoTime());
    }

    private void check(CommittedReader reader, InputSender sender, Optional<EdgeLoad> edges)
            throws InterruptedException {
        var seen = reader.finish();
        List<ConsumerRecord<byte[], byte[]>> outcomes = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> notifications = new ArrayList<>();
        try (Histories histories = new Histories(cluster.bootstrapServers(), APPLICATION)) {
            for (int partition = 0; partition < spec.partitions(); partition++) {
                PartitionHistory history = histories.of(partition, seen, sender.acknowledged());
                entries += history.records(Topic.OFFER_JOURNAL).size();
                violations.addAll(Oracles.check(history, registry, PolicySettings.policy(RULES)));
                outcomes.addAll(history.records(Topic.COMMAND_OUTCOMES));
                notifications.addAll(history.records(Topic.NOTIFICATIONS));
            }
        }
        if (edges.isPresent()) {
            edges.get().awaitReceipts(notifications.size());
            trouble.addAll(edges.get().trouble());
            violations.addAll(edges.get().check(outcomes, notifications));
        }
    }
}
