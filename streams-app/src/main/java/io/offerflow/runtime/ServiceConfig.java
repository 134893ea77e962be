package io.offerflow.runtime;

import io.offerflow.contract.NameSuggester;
import io.offerflow.domain.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Everything an operator can set about the service, read once.
 *
 * @param bootstrapServers of the Kafka cluster
 * @param schemaRegistryUrl of a registry that speaks Confluent's API
 * @param applicationId names the consumer group, the changelogs and the transactions; another id is another state
 * @param instanceId stable across restarts of one instance (static membership); nothing for a passing instance
 * @param stateDirectory where the stores lie; kept across restarts
 * @param storeMemoryMb what the stores may take beside the heap, all together, in MiB
 * @param http where the query API listens; nothing if it is off
 * @param notificationLocale the language publishers are written in
 * @param policy the rules' limits, delays and switches
 * @param kafka properties handed to Kafka as they are, from the keys that begin with {@code kafka.}
 */
public record ServiceConfig(String bootstrapServers, String schemaRegistryUrl, String applicationId,
        Optional<String> instanceId, Path stateDirectory, int streamThreads, int standbyReplicas, int storeMemoryMb,
        int commitIntervalMs, int inputMaxBytes, Duration dueGrace, Optional<HttpSettings> http,
        Locale notificationLocale, Policy policy, Map<String, String> kafka) {

    private static final String KAFKA_PREFIX = "kafka.";

    /**
     * One key that can be set.
     *
     * @param fallback its value where nothing is set; nothing if it has to be set
     */
    record Key(String name, Optional<String> fallback, String meaning) {
    }

    /** Every key, in the order in which they are shown. */
    static final List<Key> KEYS = Stream.concat(Stream.of(
            new Key("bootstrap.servers", Optional.empty(),
                    "Kafka brokers to begin with, host:port, separated by commas"),
            new Key("schema.registry.url", Optional.empty(), "schema registry that speaks Confluent's API"),
            new Key("application.id", Optional.of("offerflow"), "names group, changelogs and transactions"),
            new Key("instance.id", Optional.of(""), "stable name of this instance, for static membership"),
            new Key("state.dir", Optional.of(".offerflow/state"), "folder of the stores, kept across restarts"),
            new Key("stream.threads", Optional.of("1"), "threads that work on partitions"),
            new Key("standby.replicas", Optional.of("0"), "warm copies of the stores; 1 with several instances"),
            new Key("store.memory.mb", Optional.of("256"),
                    "MiB beside the heap that the stores of one process share: caches, indexes, write buffers"),
            new Key("http.port", Optional.of(HttpSettings.OFF),
                    "port of the query API, health and metrics; 0 for any free one, off for none"),
            new Key("http.host", Optional.of("127.0.0.1"), "address that the query API listens on"),
            new Key("http.tokens", Optional.of(""),
                    "file of role=token lines, roles status-reader and commerce: what a request has to show as a "
                            + "bearer token, except for health; everybody may ask if empty"),
            new Key("application.server", Optional.of(""),
                    "host:port under which other instances reach this one's query API; what it listens on if empty"),
            new Key("commit.interval.ms", Optional.of("100"), "milliseconds between commits, the floor of latency"),
            new Key("input.max.bytes", Optional.of("524288"), "largest value of an input that is read, in bytes"),
            new Key("due.grace", Optional.of("PT30S"), "how long after its time something due is noticed at most"),
            new Key("notification.locale", Optional.of("en"),
                    "language publishers are written in, as a BCP 47 tag such as en, fr or fr-CA; there are texts in "
                            + "English and French, and for all others the English ones stand in"),
            new Key("stop.sell.delay", Optional.of("PT4H"), "from the request to the end of selling (S26, D9)"),
            new Key("audience.sync.delay", Optional.of("PT0S"),
                    "from the request to sync private audiences until they count; none: at once (B12)"),
            new Key("reject.submit.without.changes", Optional.of("true"),
                    "refuse a submit that changes nothing (D20)"),
            new Key("strict.offer.ids", Optional.of("false"),
                    "offer ids of 3 to 50 characters instead of 1 to 50 (B52)"),
            new Key("delete.new.plan.of.published.offer", Optional.of("false"),
                    "allow deleting a new plan of an offer that was published (D3)"),
            new Key("redownload.after.stop", Optional.of("true"),
                    "customers may download again what they bought before selling stopped (S28, D13)"),
            new Key("price.change.scheduling", Optional.of("false"),
                    "changed prices of a plan on sale hold from the first day of a later month on, and the publisher is "
                            + "told which (V16, D23)")),
            LimitSettings.KEYS.stream()).toList();

    /**
     * The configuration that these settings give; defaults stand for what they leave out.
     *
     * @throws ConfigException if a key is unknown or missing, or a value is not of its kind
     */
    public static ServiceConfig of(Map<String, String> settings) {
        Map<String, String> values = new LinkedHashMap<>();
        KEYS.forEach(key -> key.fallback().ifPresent(fallback -> values.put(key.name(), fallback)));
        Map<String, String> kafka = new HashMap<>();
        settings.forEach((name, value) -> {
            if (name.startsWith(KAFKA_PREFIX)) {
                kafka.put(name.substring(KAFKA_PREFIX.length()), value);
            } else if (KEYS.stream().anyMatch(key -> key.name().equals(name))) {
                values.put(name, value);
            } else {
                throw new ConfigException("there is no setting \"%s\"; did you mean \"%s\"?".formatted(name,
                        NameSuggester.nearest(name, KEYS.stream().map(Key::name).toList())));
            }
        });
        KEYS.stream().filter(key -> !values.containsKey(key.name())).findFirst().ifPresent(key -> {
            throw new ConfigException("the setting \"%s\" is missing: %s".formatted(key.name(), key.meaning()));
        });
        return of(new SettingValues(values), kafka);
    }

    private static ServiceConfig of(SettingValues values, Map<String, String> kafka) {
        return new ServiceConfig(values.text("bootstrap.servers"), values.text("schema.registry.url"),
                values.text("application.id"), Optional.of(values.text("instance.id")).filter(id -> !id.isBlank()),
                Path.of(values.text("state.dir")), values.whole("stream.threads"), values.whole("standby.replicas"),
                values.positive("store.memory.mb"),
                values.whole("commit.interval.ms"), values.whole("input.max.bytes"), values.duration("due.grace"),
                HttpSettings.of(values),
                values.language("notification.locale"),
                new Policy(values.duration("stop.sell.delay"), values.duration("audience.sync.delay"),
                        values.yes("reject.submit.without.changes"), values.yes("strict.offer.ids"), values.yes("delete.new.plan.of.published.offer"),
                        values.yes("redownload.after.stop"), values.yes("price.change.scheduling"),
                        LimitSettings.of(values::positive)), Map.copyOf(kafka));
    }

    /** One line for the start, without secrets: of the properties for Kafka only the names are shown. */
    public String summary() {
        return ("bootstrap.servers=%s schema.registry.url=%s application.id=%s instance.id=%s state.dir=%s threads=%d "
                + "standbys=%d commit.interval.ms=%d http=%s notification.locale=%s policy=%s%s%s").formatted(
                        bootstrapServers, schemaRegistryUrl.replaceAll("//[^/@]*@", "//***@"), applicationId,
                        instanceId.orElse("-"), stateDirectory, streamThreads, standbyReplicas, commitIntervalMs,
                        http.map(on -> on.host() + ":" + on.port()).orElse(HttpSettings.OFF),
                        notificationLocale.toLanguageTag(), policy.id(), shown("limit",
                                LimitSettings.changed(policy.limits())), shown("kafka", new TreeSet<>(kafka.keySet())));
    }

    private static String shown(String group, Collection<String> settings) {
        return settings.isEmpty() ? "" : " %s.*=[%s]".formatted(group, String.join(", ", settings));
    }
}
