package io.offerflow.cli.connect;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options for the cluster that a verb connects to. */
public final class Connection {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SETTING_UP_MILLIS = 30_000;

    /** The options. */
    static final class ConnectionFlags {
        @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT,...",
                description = "Kafka brokers (OFFERFLOW_BOOTSTRAP_SERVERS; otherwise localhost:9092).")
        private Optional<String> bootstrapServers = Optional.empty();

        @Option(names = "--registry-url", paramLabel = "URL",
                description = "Schema registry (OFFERFLOW_REGISTRY_URL; otherwise http://localhost:8081).")
        private Optional<String> registryUrl = Optional.empty();

        @Option(names = "--config", paramLabel = "FILE", description = "Properties of a Kafka client, for"
                + " example its security settings (OFFERFLOW_CLI_CONFIG).")
        private Optional<Path> file = Optional.empty();

        @Option(names = "--context", paramLabel = "NAME", description = "One of your contexts, instead of"
                + " the current one (OFFERFLOW_CLI_CONTEXT); see `offerflow context`.")
        private Optional<String> context = Optional.empty();

        @Option(names = "-X", paramLabel = "KEY=VALUE",
                description = "A property of Kafka's clients; may be given several times.")
        private Map<String, String> extras = new LinkedHashMap<>();
    }

    @ArgGroup(validate = false, heading = "%nWhere the cluster is:%n", order = 30)
    private ConnectionFlags flags = new ConnectionFlags();

    /**
     * Connects to the cluster and verifies that it has these topics.
     *
     * @throws CliFailure if it does not answer or has no such topic
     */
    public Cluster connect(List<Topic> topics) {
        ConnectionSettings settings = settings();
        Cluster cluster = new Cluster(settings.bootstrapServers(), new RegistryClient(registry(settings)),
                settings.clientProperties());
        cluster.require(topics, PATIENCE);
        // so that a missing registry is found before anything is done
        topics.stream().limit(1).forEach(topic -> cluster.registry().idsOf(topic.subject()));
        return cluster;
    }

    /** The addresses of the brokers. */
    public String bootstrapServers() {
        return settings().bootstrapServers();
    }

    /**
     * An admin client for setting up a cluster, which may have no topics yet. The registry is not used.
     *
     * @throws CliFailure if the settings are not those of a Kafka client
     */
    public Admin administrator() {
        Map<String, Object> properties = new HashMap<>();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, SETTING_UP_MILLIS);
        properties.putAll(settings().clientProperties());
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            throw new CliFailure(ExitCode.USAGE, "%s cannot be used for a Kafka client: %s".formatted(
                    flags.file.map(file -> "The file " + file).orElse("The settings"),
                    Optional.ofNullable(e.getCause()).orElse(e).getMessage()), e);
        }
    }

    private ConnectionSettings settings() {
        return ConnectionSettings.of(new ConnectionSettings.Given(flags.bootstrapServers, flags.registryUrl, flags.file,
                flags.context, flags.extras), System.getenv());
    }

    private static RegistryOptions registry(ConnectionSettings settings) {
        try {
            RegistryOptions options = RegistryOptions.at(settings.registryUrl()).withPatience(PATIENCE);
            return settings.registryUser().map(options::withBasicAuth).orElse(options);
        } catch (IllegalArgumentException e) {
            throw new CliFailure(ExitCode.USAGE, "--registry-url: " + e.getMessage(), e);
        }
    }
}
