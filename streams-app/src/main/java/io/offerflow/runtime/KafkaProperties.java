package io.offerflow.runtime;

import io.offerflow.contract.NameSuggester;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/** Checks the {@code kafka.*} settings at the start, before a client is created with them. */
final class KafkaProperties {

    static final String PREFIX = "kafka.";

    private static final Map<String, ConfigKey> KNOWN = known();

    private KafkaProperties() {
    }

    /**
     * Why a setting cannot be passed to Kafka; empty if it can. A key that resembles none of Kafka's is accepted: it
     * may belong to a plugin.
     *
     * @param name with {@code kafka.}
     * @param owned why the program sets a property itself; empty if it does not
     */
    static Optional<String> problem(String name, String value, Function<String, Optional<String>> owned) {
        String key = name.substring(PREFIX.length());
        Optional<String> reason = owned.apply(key);
        if (reason.isPresent()) {
            return Optional.of("%s cannot be set: %s".formatted(name, reason.get()));
        }
        if (key.startsWith(StreamsConfig.TOPIC_PREFIX)) {
            return Optional.empty(); // the broker checks the configuration of topics
        }
        String plain = OwnedProperty.withoutClientPrefix(key);
        if (KNOWN.containsKey(plain)) {
            return invalid(name, value, KNOWN.get(plain));
        }
        return NameSuggester.closest(plain, KNOWN.keySet())
                .map(closest -> "Kafka has no property \"%s\"; did you mean \"%s\"?"
                .formatted(name, PREFIX + key.substring(0, key.length() - plain.length()) + closest));
    }

    private static Optional<String> invalid(String name, String value, ConfigKey known) {
        if (value.contains("${")) {
            return Optional.empty(); // a config provider replaces it
        }
        try {
            Object parsed = ConfigDef.parseType(name, value, known.type);
            if (known.validator != null) {
                known.validator.ensureValid(name, parsed);
            }
            return Optional.empty();
        } catch (ConfigException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Map<String, ConfigKey> known() {
        Map<String, ConfigKey> keys = new HashMap<>();
        Stream.of(StreamsConfig.configDef(), ConsumerConfig.configDef(), ProducerConfig.configDef(),
                AdminClientConfig.configDef()).forEach(def -> def.configKeys().forEach(keys::putIfAbsent));
        return keys;
    }
}
