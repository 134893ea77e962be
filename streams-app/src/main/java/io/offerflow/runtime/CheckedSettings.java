package io.offerflow.runtime;

import io.offerflow.contract.NameSuggester;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/**
 * The settings of a program, checked all at once.
 *
 * @param own those that the program defines; optional ones that are empty are left out
 * @param kafka those for Kafka, without the prefix {@code kafka.}
 */
public record CheckedSettings(Map<String, String> own, Map<String, String> kafka) {

    /**
     * Checks settings.
     *
     * @param kafkaProblem why a setting cannot be passed to Kafka, by its name with {@code kafka.} and its value
     * @throws ConfigException if one is unknown, missing or invalid; names all of them with their sources
     */
    public static CheckedSettings of(SettingSources sources, ConfigDef def,
            BiFunction<String, String, Optional<String>> kafkaProblem) {
        CheckedSettings checked = new CheckedSettings(new HashMap<>(), new HashMap<>());
        List<String> problems = new ArrayList<>();
        new TreeMap<>(sources.values()).forEach((name, value) -> {
            Optional<String> problem = Optional.empty();
            if (name.startsWith(KafkaProperties.PREFIX)) {
                problem = kafkaProblem.apply(name, value);
                checked.kafka.put(name.substring(KafkaProperties.PREFIX.length()), value);
            } else if (!def.names().contains(name)) {
                problem = Optional.of(unknown(name, def));
            } else if (!(value.isBlank() && def.configKeys().get(name).defaultValue == null)) {
                checked.own.put(name, value);
            }
            problem.ifPresent(text -> problems.add(sources.origin(name) + text));
        });
        def.validateAll(checked.own).values().stream().filter(value -> !value.errorMessages().isEmpty())
                .forEach(value -> problems.add(sources.origin(value.name()) + invalid(value, def)));
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("; ", problems));
        }
        return checked;
    }

    private static String unknown(String name, ConfigDef def) {
        return "there is no setting \"%s\"%s".formatted(name, NameSuggester.closest(name, def.names())
                .map("; did you mean \"%s\"?"::formatted).orElse("")); // no advice is better than a far-fetched one
    }

    private static String invalid(ConfigValue value, ConfigDef def) {
        String error = value.errorMessages().getFirst(); // those after it follow from it
        return error.startsWith("Missing") ? "the setting \"%s\" is missing: %s".formatted(value.name(),
                def.configKeys().get(value.name()).documentation) : error;
    }
}
