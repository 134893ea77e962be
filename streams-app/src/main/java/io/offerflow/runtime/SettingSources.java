package io.offerflow.runtime;

import io.offerflow.contract.NameSuggester;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/** Where an operator's settings come from; the later source wins: a file, the environment, the command line. */
public final class SettingSources {

    private static final String PREFIX = "OFFERFLOW_";
    private static final String KAFKA = "KAFKA_";
    /** What the launcher and the other verbs read, and what Kubernetes sets for a service called offerflow. */
    private static final Pattern NOT_OURS =
            Pattern.compile("OFFERFLOW_(CLI_.+|REGISTRY_URL|SHOW_JDK|JDK_FOLDERS|SERVICE_.+|PORT|PORT_.+)");

    private SettingSources() {
    }

    /**
     * The settings of all sources, by their names.
     *
     * @param file of {@code name=value} lines in UTF-8, if there is one
     * @param environment of the process
     * @param flags name=value, as given on the command line
     * @throws ConfigException if a source cannot be read or has a name that is none, with the closest that is one
     */
    public static Map<String, String> read(Optional<Path> file, Map<String, String> environment, List<String> flags) {
        Map<String, String> settings = new HashMap<>();
        file.ifPresent(path -> settings.putAll(file(path)));
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !NOT_OURS.matcher(name).matches()) {
                settings.put(setting(name), value);
            }
        });
        flags.forEach(flag -> {
            int equals = flag.indexOf('=');
            if (equals < 1) {
                throw new ConfigException("expected --set name=value, but met \"%s\"".formatted(
                        equals == 0 ? "=…" : flag));
            }
            settings.put(flag.substring(0, equals).strip(), flag.substring(equals + 1));
        });
        return settings;
    }

    /** Name of the environment variable for a setting. */
    static String variable(String setting) {
        return PREFIX + setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static String setting(String variable) {
        String rest = variable.substring(PREFIX.length());
        if (rest.startsWith(KAFKA)) {
            return rest.toLowerCase(Locale.ROOT).replace('_', '.');
        }
        return ServiceConfig.KEYS.stream().map(ServiceConfig.Key::name).filter(key -> variable(key).equals(variable))
                .findFirst().orElseThrow(() -> new ConfigException(
                        "the environment has %s, but there is no such setting; did you mean %s?".formatted(variable,
                                NameSuggester.nearest(variable, ServiceConfig.KEYS.stream()
                                        .map(key -> variable(key.name())).toList()))));
    }

    private static Map<String, String> file(Path path) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new ConfigException("cannot read the settings in %s: %s".formatted(path, e), e);
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }
}
