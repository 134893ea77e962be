package io.offerflow.cli;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** The options by which a command finds its cluster. */
public final class ClusterOptions {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT,...",
            defaultValue = "${env:OFFERFLOW_BOOTSTRAP_SERVERS:-localhost:9092}",
            description = "Kafka brokers (OFFERFLOW_BOOTSTRAP_SERVERS; now ${DEFAULT-VALUE}).")
    private String bootstrapServers;

    @Option(names = "--registry-url", paramLabel = "URL",
            defaultValue = "${env:OFFERFLOW_REGISTRY_URL:-http://localhost:8081}",
            description = "Schema registry (OFFERFLOW_REGISTRY_URL; now ${DEFAULT-VALUE}).")
    private String registryUrl;

    /**
     * The cluster, which has answered and has these topics.
     *
     * @throws CliFailure if it has not
     */
    public Cluster connect(List<Topic> topics) {
        Cluster cluster = new Cluster(bootstrapServers, new RegistryClient(registry()));
        cluster.require(topics, TIMEOUT);
        // asked once now, so that an absent registry is met before anything is done
        topics.forEach(topic -> cluster.registry().idsOf(topic.subject()));
        return cluster;
    }

    private RegistryOptions registry() {
        try {
            return RegistryOptions.at(registryUrl).withPatience(TIMEOUT);
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, "--registry-url: " + e.getMessage(), e);
        }
    }
}
