package io.offerflow.runtime;

import io.offerflow.contract.NameSuggester;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/**
 * Settings that were checked.
 *
 * @param own those that the program defines
 * @param kafka those for the clients of Kafka, without the prefix {@code kafka.}
 */
public record CheckedSettings(Map<String, String> own, Map<String, String> kafka) {

    /**
     * Checks all settings of a program.
     *
     * @param owned why the program sets a property of Kafka itself; empty if it does not
     * @throws ConfigException if a setting is unknown, missing, invalid or owned; names all of them and their sources
     */
    public static CheckedSettings of(ConfigDef def, SettingSources sources, Function<String, Optional<String>> owned) {
        Map<String, String> own = new HashMap<>();
        Map<String, String> kafka = new HashMap<>();
        List<String> problems = new ArrayList<>();
        new TreeMap<>(sources.values()).forEach((name, value) -> {
            Optional<String> problem = Optional.empty();
            if (name.startsWith(KafkaProperties.PREFIX)) {
                problem = KafkaProperties.problem(name, value, owned);
                kafka.put(name.substring(KafkaProperties.PREFIX.length()), value);
            } else if (!def.names().contains(name)) {
                problem = Optional.of(unknown(def, name));
            } else if (!(value.isBlank() && def.configKeys().get(name).defaultValue == null)) {
                own.put(name, value); // an optional setting that is empty is not set
            }
            problem.ifPresent(text -> problems.add(sources.origin(name) + text));
        });
        def.validateAll(own).values().stream().filter(value -> !value.errorMessages().isEmpty())
                .forEach(value -> problems.add(sources.origin(value.name()) + invalid(def, value)));
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("; ", problems));
        }
        return new CheckedSettings(own, kafka);
    }

    private static String unknown(ConfigDef def, String name) {
        return "there is no setting \"%s\"%s".formatted(name, NameSuggester.closest(name, def.names())
                .map("; did you mean \"%s\"?"::formatted).orElse("")); // no advice is better than a far-fetched one
    }

    private static String invalid(ConfigDef def, ConfigValue value) {
        String error = value.errorMessages().getFirst(); // those after it follow from it
        return error.startsWith("Missing") ? "the setting \"%s\" is missing: %s".formatted(value.name(),
                def.configKeys().get(value.name()).documentation) : error;
    }

    /** The names only: values may be secrets. */
    @Override
    public String toString() {
        return "CheckedSettings" + own.keySet() + kafka.keySet();
    }
}
