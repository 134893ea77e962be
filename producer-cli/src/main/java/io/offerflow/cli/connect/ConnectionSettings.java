package io.offerflow.cli.connect;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.contract.NameSuggester;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The settings of a connection, from all sources. A later source wins: defaults, context, properties file, environment,
 * command line.
 */
public final class ConnectionSettings {

    /** The setting for the brokers, as in every Kafka client. */
    public static final String BOOTSTRAP = "bootstrap.servers";

    /** The setting for the address of the registry. */
    public static final String REGISTRY = "schema.registry.url";

    /** {@code user:password} for the registry, under the name that other clients of it use. */
    public static final String REGISTRY_USER = "schema.registry.basic.auth.user.info";

    private static final String KAFKA_VARIABLE = "OFFERFLOW_KAFKA_";
    private static final Map<String, String> VARIABLES = new LinkedHashMap<>();

    static {
        VARIABLES.put("OFFERFLOW_BOOTSTRAP_SERVERS", BOOTSTRAP);
        VARIABLES.put("OFFERFLOW_SCHEMA_REGISTRY_URL", REGISTRY);
        VARIABLES.put("OFFERFLOW_REGISTRY_URL", REGISTRY);
        VARIABLES.put("OFFERFLOW_CLI_REGISTRY_USER", REGISTRY_USER);
    }

    /** The settings on the command line. */
    record Given(Optional<String> bootstrapServers, Optional<String> registryUrl, Optional<Path> file,
            Optional<String> context, Map<String, String> extras) {
    }

    private final Map<String, String> values = new LinkedHashMap<>();

    private ConnectionSettings() {
    }

    static ConnectionSettings of(Given given, Map<String, String> environment) {
        ConnectionSettings settings = new ConnectionSettings();
        settings.values.put(BOOTSTRAP, "localhost:9092");
        settings.values.put(REGISTRY, "http://localhost:8081");
        settings.putContext(given, environment);
        given.file().or(() -> Optional.ofNullable(environment.get("OFFERFLOW_CLI_CONFIG")).map(Path::of))
                .ifPresent(settings::putFile);
        settings.putEnvironment(environment);
        given.extras().forEach(settings::putExtra);
        given.bootstrapServers().ifPresent(value -> settings.values.put(BOOTSTRAP, value));
        given.registryUrl().ifPresent(value -> settings.values.put(REGISTRY, value));
        return settings;
    }

    private void putContext(Given given, Map<String, String> environment) {
        Optional<String> named = given.context()
                .or(() -> Optional.ofNullable(environment.get("OFFERFLOW_CLI_CONTEXT")));
        Contexts contexts = Contexts.read(Contexts.defaultFile(environment));
        named.or(contexts::current).ifPresent(name -> {
            Map<String, String> settings = contexts.settings(name);
            Optional.ofNullable(settings.remove("config")).ifPresent(file -> putFile(Path.of(file)));
            values.putAll(settings);
        });
    }

    private void putFile(Path file) {
        Contexts.properties(file).forEach((name, value) -> values.put(name.toString(), value.toString().strip()));
    }

    private void putEnvironment(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            if (name.startsWith(KAFKA_VARIABLE)) {
                values.put(name.substring(KAFKA_VARIABLE.length()).toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        VARIABLES.forEach((variable, name) ->
                Optional.ofNullable(environment.get(variable)).ifPresent(value -> values.put(name, value)));
    }

    /** An unknown name in {@code -X} is probably a typing error; the file may have any name. */
    private void putExtra(String name, String value) {
        Set<String> known = new TreeSet<>(ProducerConfig.configNames());
        known.addAll(ConsumerConfig.configNames());
        known.addAll(AdminClientConfig.configNames());
        known.add(REGISTRY);
        known.add(REGISTRY_USER);
        boolean ofListener = name.startsWith("sasl.") || name.startsWith("ssl.");
        if (!known.contains(name) && !ofListener) {
            throw new CliFailure(ExitCode.USAGE, "-X %s: Kafka's clients have no such property%s".formatted(name,
                    NameSuggester.closest(name, known).map(near -> "; did you mean " + near + "?").orElse(".")));
        }
        values.put(name, value);
    }

    public String bootstrapServers() {
        return values.get(BOOTSTRAP);
    }

    public String registryUrl() {
        return values.get(REGISTRY);
    }

    public Optional<String> registryUser() {
        return Optional.ofNullable(values.get(REGISTRY_USER));
    }

    /** The settings for Kafka's clients. */
    public Map<String, String> clientProperties() {
        Map<String, String> client = new LinkedHashMap<>(values);
        client.keySet().removeIf(name -> name.startsWith("schema.registry."));
        return client;
    }
}
