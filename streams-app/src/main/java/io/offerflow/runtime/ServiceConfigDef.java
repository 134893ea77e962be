package io.offerflow.runtime;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.domain.model.PolicySettings;
import io.offerflow.identity.IdentitySettings;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.streams.StreamsConfig;

/** Defines every setting of the service: type, default, valid values and documentation. */
final class ServiceConfigDef {

    static final String SERVICE = "Service";
    static final String QUERY_API = "Query API";
    static final String RULES = "Rules";
    static final String LIMITS = "Limits";

    static final String BOOTSTRAP_SERVERS = StreamsConfig.BOOTSTRAP_SERVERS_CONFIG;
    static final String APPLICATION_SERVER = StreamsConfig.APPLICATION_SERVER_CONFIG;
    static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    static final String SCHEMA_REGISTRY_USER_INFO = "schema.registry.basic.auth.user.info";
    static final String STORE_MEMORY_MB = "store.memory.mb";
    static final String INPUT_MAX_BYTES = "input.max.bytes";
    static final String DUE_GRACE = "due.grace";
    static final String NOTIFICATION_LOCALE = "notification.locale";
    static final String HTTP_PORT = "http.port";
    static final String HTTP_HOST = "http.host";
    static final String HTTP_TOKENS = "http.tokens";

    /** The value of {@code http.port} without a query API. */
    static final String HTTP_OFF = "off";

    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
    private static final Validator NOT_EMPTY = new ConfigDef.NonEmptyString();
    private static final Validator DURATION = valid("non-negative ISO-8601 duration such as PT4H or PT30S",
            ServiceConfigDef::isDuration);

    /** Every setting, in the order in which it is shown. */
    static final ConfigDef CONFIG = define();

    private ServiceConfigDef() {
    }

    private static ConfigDef define() {
        ConfigDef def = new ConfigDef();
        define(def, SERVICE, BOOTSTRAP_SERVERS, Type.STRING, ConfigDef.NO_DEFAULT_VALUE, NOT_EMPTY, Importance.HIGH,
                "initial Kafka brokers as host:port, separated by commas");
        define(def, SERVICE, SCHEMA_REGISTRY_URL, Type.STRING, ConfigDef.NO_DEFAULT_VALUE,
                ConfigDef.LambdaValidator.with((name, value) -> checkRegistry(Optional.ofNullable((String) value)),
                        () -> "http or https URLs without user and password, separated by commas"), Importance.HIGH,
                "schema registry with Confluent's API; several URLs are replicas of one registry");
        define(def, SERVICE, SCHEMA_REGISTRY_USER_INFO, Type.PASSWORD, null,
                ConfigDef.LambdaValidator.with((name, value) -> checkUserInfo((Password) value),
                        () -> "user:password"), Importance.MEDIUM,
                "user and password for the schema registry (HTTP basic authentication)");
        define(def, SERVICE, StreamsConfig.APPLICATION_ID_CONFIG, Type.STRING, "offerflow", NOT_EMPTY, Importance.HIGH,
                "name of the consumer group, prefix of changelog topics and transactional ids; another id is another, "
                        + "empty state");
        define(def, SERVICE, StreamsConfig.STATE_DIR_CONFIG, Type.STRING, ".offerflow/state", NOT_EMPTY,
                Importance.HIGH, "directory of the state stores; keep it across restarts");
        define(def, SERVICE, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, Type.STRING, null, null, Importance.HIGH,
                "stable name of this instance: after a restart it has its partitions and its transactions again, "
                        + "also without its state");
        define(def, SERVICE, StreamsConfig.NUM_STREAM_THREADS_CONFIG, Type.INT, 1, ConfigDef.Range.atLeast(1),
                Importance.MEDIUM, "number of threads that process partitions");
        define(def, SERVICE, StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, Type.INT, 0, ConfigDef.Range.atLeast(0),
                Importance.MEDIUM, "warm copies of each state store; 1 with several instances");
        define(def, SERVICE, StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Type.LONG, 100L, ConfigDef.Range.atLeast(0),
                Importance.MEDIUM, "milliseconds between commits; consumers see an outcome after its commit");
        define(def, SERVICE, STORE_MEMORY_MB, Type.INT, 256, ConfigDef.Range.atLeast(1), Importance.MEDIUM,
                "off-heap MiB that all state stores of the process share: caches, indexes, write buffers");
        define(def, SERVICE, INPUT_MAX_BYTES, Type.INT, 524_288, ConfigDef.Range.between(1, Topic.INPUT_MAX_BYTES),
                Importance.LOW,
                "largest value of an input in bytes; a larger one goes to quarantine");
        define(def, SERVICE, DUE_GRACE, Type.STRING, "PT30S", DURATION, Importance.LOW,
                "longest time after its due time until a due event of an idle offer is applied");
        define(def, SERVICE, NOTIFICATION_LOCALE, Type.STRING, "en",
                valid("BCP 47 language tag such as en, fr or fr-CA", ServiceConfigDef::isLanguage), Importance.LOW,
                "language of notifications to publishers; there are texts in English and French, and every other "
                        + "language gets English");
        define(def, QUERY_API, HTTP_PORT, Type.STRING, HTTP_OFF,
                valid("port from 1 to 65535, 0 for any free port, or off", port -> port.equals(HTTP_OFF)
                        || isPort(port)), Importance.MEDIUM, "port of the query API, health and metrics");
        define(def, QUERY_API, HTTP_HOST, Type.STRING, "127.0.0.1", NOT_EMPTY, Importance.MEDIUM,
                "address that the query API binds to");
        define(def, QUERY_API, HTTP_TOKENS, Type.STRING, null, null, Importance.MEDIUM,
                "file of role=token lines with the roles status-reader and commerce; a request needs one of the tokens "
                        + "as a bearer token, except for health; without a file the query API is open");
        define(def, QUERY_API, APPLICATION_SERVER, Type.STRING, null, valid("host:port", ServiceConfigDef::isAddress),
                Importance.MEDIUM, "address at which other instances reach the query API of this one; by default the "
                        + "address that it binds to");
        IdentitySettings.define(def);
        PolicySettings.DEFINITIONS.forEach(rule -> define(def, rule));
        return def;
    }

    private static void define(ConfigDef def, PolicySettings.Definition rule) {
        String group = rule.isLimit() ? LIMITS : RULES;
        if (rule.type() == int.class) {
            define(def, group, rule.name(), Type.INT, rule.defaultValue(), ConfigDef.Range.atLeast(1), Importance.LOW,
                    rule.doc());
        } else if (rule.type() == boolean.class) {
            define(def, group, rule.name(), Type.BOOLEAN, rule.defaultValue(), null, Importance.LOW, rule.doc());
        } else {
            define(def, group, rule.name(), Type.STRING, rule.defaultValue(), DURATION, Importance.LOW, rule.doc());
        }
    }

    private static void define(ConfigDef def, String group, String name, Type type, Object defaultValue,
            Validator validator, Importance importance, String doc) {
        def.define(name, type, defaultValue, validator, importance, doc, group, def.names().size(),
                ConfigDef.Width.MEDIUM, name);
    }

    private static Validator valid(String expected, Predicate<String> test) {
        return ConfigDef.LambdaValidator.with((name, value) -> {
            if (value != null && !test.test((String) value)) {
                throw new ConfigException(name, value, "Expected " + expected);
            }
        }, () -> expected);
    }

    /** The messages never contain the value, since it may contain a password. */
    private static void checkRegistry(Optional<String> urls) {
        try {
            if (urls.flatMap(given -> RegistryOptions.at(given).credentials()).isPresent()) {
                throw new ConfigException("%s contains a password; set %s instead, which is never printed".formatted(
                        SCHEMA_REGISTRY_URL, SCHEMA_REGISTRY_USER_INFO));
            }
        } catch (IllegalArgumentException e) {
            throw new ConfigException("Invalid value for configuration %s: %s".formatted(SCHEMA_REGISTRY_URL,
                    e.getMessage()));
        }
    }

    private static void checkUserInfo(Password userInfo) {
        if (userInfo != null && userInfo.value().indexOf(':') < 1) {
            throw new ConfigException(SCHEMA_REGISTRY_USER_INFO, userInfo, "Expected user:password");
        }
    }

    private static boolean isDuration(String text) {
        try {
            return !Duration.parse(text).isNegative();
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isLanguage(String tag) {
        Locale locale = Locale.forLanguageTag(tag); // ignores parts that do not belong to a tag
        return locale.toLanguageTag().equalsIgnoreCase(tag) && LANGUAGES.contains(locale.getLanguage());
    }

    private static boolean isPort(String text) {
        return text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535;
    }

    private static boolean isAddress(String text) {
        int colon = text.lastIndexOf(':');
        return colon > 0 && isPort(text.substring(colon + 1));
    }
}
