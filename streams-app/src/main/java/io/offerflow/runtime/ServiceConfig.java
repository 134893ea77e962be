package io.offerflow.runtime;

import io.offerflow.contract.NameSuggester;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.PolicySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.streams.StreamsConfig;

/** The configuration of the service, read once at the start. */
public final class ServiceConfig extends AbstractConfig {

    private final Map<String, String> kafka;
    private final Policy policy;
    private final Optional<HttpSettings> http;

    private ServiceConfig(Map<String, String> settings, Map<String, String> kafka) {
        super(ServiceConfigDef.CONFIG, settings, false);
        this.kafka = Map.copyOf(kafka);
        this.policy = PolicySettings.policy(PolicySettings.DEFINITIONS.stream().map(PolicySettings.Definition::name)
                .collect(Collectors.toMap(name -> name, name -> values().get(name).toString())));
        this.http = HttpSettings.of(this);
    }

    /**
     * The configuration with these settings; all others have their defaults.
     *
     * @throws ConfigException if a setting is unknown, missing, invalid or owned by the service; names all of them
     */
    public static ServiceConfig of(Map<String, String> settings) {
        return of(new SettingSources(settings, Map.of()));
    }

    /** The configuration with the settings of these sources; errors name the source. */
    public static ServiceConfig of(SettingSources sources) {
        Map<String, String> own = new HashMap<>();
        Map<String, String> kafka = new HashMap<>();
        List<String> problems = new ArrayList<>();
        new TreeMap<>(sources.values()).forEach((name, value) -> {
            Optional<String> problem = Optional.empty();
            if (name.startsWith(KafkaProperties.PREFIX)) {
                problem = KafkaProperties.problem(name, value);
                kafka.put(name.substring(KafkaProperties.PREFIX.length()), value);
            } else if (!ServiceConfigDef.CONFIG.names().contains(name)) {
                problem = Optional.of(unknown(name));
            } else if (!(value.isBlank() && ServiceConfigDef.CONFIG.configKeys().get(name).defaultValue == null)) {
                own.put(name, value); // an optional setting that is empty is not set
            }
            problem.ifPresent(text -> problems.add(sources.origin(name) + text));
        });
        ServiceConfigDef.CONFIG.validateAll(own).values().stream().filter(value -> !value.errorMessages().isEmpty())
                .forEach(value -> problems.add(sources.origin(value.name()) + invalid(value)));
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("; ", problems));
        }
        return new ServiceConfig(own, kafka);
    }

    private static String unknown(String name) {
        return "there is no setting \"%s\"%s".formatted(name,
                NameSuggester.closest(name, ServiceConfigDef.CONFIG.names())
                .map("; did you mean \"%s\"?"::formatted).orElse("")); // no advice is better than a far-fetched one
    }

    private static String invalid(ConfigValue value) {
        String error = value.errorMessages().getFirst(); // those after it follow from it
        return error.startsWith("Missing") ? "the setting \"%s\" is missing: %s".formatted(value.name(),
                ServiceConfigDef.CONFIG.configKeys().get(value.name()).documentation) : error;
    }

    public String bootstrapServers() {
        return getString(ServiceConfigDef.BOOTSTRAP_SERVERS);
    }

    /** The consumer group of the service. */
    public String applicationId() {
        return getString(StreamsConfig.APPLICATION_ID_CONFIG);
    }

    /** Time between commits. */
    public Duration commitInterval() {
        return Duration.ofMillis(getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG));
    }

    public RegistryOptions registry() {
        RegistryOptions options = RegistryOptions.at(getString(ServiceConfigDef.SCHEMA_REGISTRY_URL));
        return Optional.ofNullable(getPassword(ServiceConfigDef.SCHEMA_REGISTRY_USER_INFO)).map(Password::value)
                .map(options::withBasicAuth).orElse(options);
    }

    /** Largest value of an input that is read, in bytes. */
    public int inputMaxBytes() {
        return getInt(ServiceConfigDef.INPUT_MAX_BYTES);
    }

    public Duration dueGrace() {
        return Duration.parse(getString(ServiceConfigDef.DUE_GRACE));
    }

    /** The language of notifications. */
    public Locale notificationLocale() {
        return Locale.forLanguageTag(getString(ServiceConfigDef.NOTIFICATION_LOCALE));
    }

    /** Where the query API listens; empty if it is off. */
    public Optional<HttpSettings> http() {
        return http;
    }

    /** The settings of the rules. */
    public Policy policy() {
        return policy;
    }

    /** The properties for Kafka, without the prefix {@code kafka.}. */
    public Map<String, String> kafka() {
        return kafka;
    }

    /**
     * One line for the log at the start, without secrets: rules only if changed, and only the names of Kafka
     * properties.
     */
    public String summary() {
        Stream<String> settings = ServiceConfigDef.CONFIG.configKeys().values().stream().filter(this::isShown)
                .map(key -> key.name + "=" + values().get(key.name));
        Stream<String> passed = kafka.isEmpty() ? Stream.of()
                : Stream.of("kafka.*=[%s]".formatted(String.join(", ", new TreeSet<>(kafka.keySet()))));
        return Stream.of(settings, Stream.of("policy=" + policy.id()), passed).flatMap(part -> part)
                .collect(Collectors.joining(" "));
    }

    private boolean isShown(ConfigKey key) {
        Object value = values().get(key.name);
        boolean rule = key.group.equals(ServiceConfigDef.RULES) || key.group.equals(ServiceConfigDef.LIMITS);
        return value != null && !(rule && value.equals(key.defaultValue));
    }
}
