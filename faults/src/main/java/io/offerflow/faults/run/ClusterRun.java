package io.offerflow.faults.run;

import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.domain.model.PolicySettings;
import io.offerflow.faults.cluster.ServiceCluster;
import io.offerflow.faults.load.CommittedReader;
import io.offerflow.faults.load.Histories;
import io.offerflow.faults.load.InputSender;
import io.offerflow.faults.load.RecoveryTimes;
import io.offerflow.faults.oracle.Oracles;
import io.offerflow.faults.oracle.Promise;
import io.offerflow.faults.oracle.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A cluster under load and faults, then all oracles over what it has committed. */
public final class ClusterRun {

    /** Rules whose due times come within a run. */
    private static final Map<String, String> RULES = Map.of("stop.sell.delay", "PT5S", "audience.sync.delay", "PT3S");
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(1);
    private static final String APPLICATION = "offerflow";

    private final ClusterRunOptions options;
    private final ServiceCluster cluster;
    private final RegistryClient registry;

    private ClusterRun(ClusterRunOptions options, ServiceCluster cluster, RegistryClient registry) {
        this.options = options;
        this.cluster = cluster;
        this.registry = registry;
    }

    /** Starts a cluster, runs it, and checks what it has left. */
    public static RunReport of(ClusterRunOptions options) throws InterruptedException {
        Map<String, String> settings = new TreeMap<>(RULES);
        settings.put("due.grace", "PT2S");
        settings.put("commit.interval.ms", "250"); // each commit writes a marker to all partitions of three brokers
        try (ServiceCluster cluster = new ServiceCluster(options.folder(), new ServiceCluster.ClusterShape(
                options.instances(), options.partitions(), settings));
                RegistryClient registry = new RegistryClient(RegistryOptions.at(cluster.registryUrl()))) {
            return new ClusterRun(options, cluster, registry).run();
        }
    }

    private RunReport run() throws InterruptedException {
        RecoveryTimes recoveries = new RecoveryTimes();
        List<Violation> violations = new ArrayList<>();
        try (InputSender sender = new InputSender(cluster.bootstrapServers(), registry, options.partitions(),
                options.seed(), options.offers(), options.rate());
                CommittedReader reader = new CommittedReader(cluster.bootstrapServers(), registry,
                        options.partitions(), sender, recoveries)) {
            TimeUnit.MILLISECONDS.sleep(options.time().toMillis());
            int unanswered = sender.awaitAnswers(ANSWER_TIMEOUT);
            if (unanswered > 0 || !Histories.awaitTaken(cluster.bootstrapServers(), APPLICATION,
                    options.partitions(), ANSWER_TIMEOUT)) {
                violations.add(new Violation(Promise.ONE_ANSWER, -1, "%d inputs had no answer %d minutes after the "
                        .formatted(unanswered, ANSWER_TIMEOUT.toMinutes()) + "last one was sent"));
            }
            cluster.stopInstances();
            Histories.awaitNoTransaction(cluster.bootstrapServers(), options.partitions(), TRANSACTION_TIMEOUT);
            var seen = reader.finish();
            try (Histories histories = new Histories(cluster.bootstrapServers(), APPLICATION)) {
                for (int partition = 0; partition < options.partitions(); partition++) {
                    violations.addAll(Oracles.check(histories.of(partition, seen, sender.acknowledged()), registry,
                            PolicySettings.policy(RULES)));
                }
            }
            return new RunReport(options.seed(), sender.sent(), sender.repeated(), sender.failed(), violations);
        }
    }
}
