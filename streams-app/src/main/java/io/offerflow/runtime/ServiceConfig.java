package io.offerflow.runtime;

import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.PolicySettings;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
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
        CheckedSettings checked = CheckedSettings.of(ServiceConfigDef.CONFIG, sources,
                key -> OwnedProperty.find(key).map(OwnedProperty::reason));
        return new ServiceConfig(checked.own(), checked.kafka());
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
