package io.offerflow.runtime;

import io.offerflow.contract.NameSuggester;
import io.offerflow.contract.file.TextFiles;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The settings of an operator and where each comes from. A later source overrides an earlier one: file, environment,
 * command line.
 *
 * @param values by name
 * @param origins by name, such as {@code offerflow.properties, line 3}
 */
public record SettingSources(Map<String, String> values, Map<String, String> origins) {

    private static final String SERVICE_PREFIX = "OFFERFLOW_";
    private static final String KAFKA = "KAFKA_";
    /** Variables of the launcher and of other commands, and those of Kubernetes for a service named offerflow. */
    private static final Pattern OTHER_VARIABLES =
            Pattern.compile("OFFERFLOW_(CLI_.+|GATEWAY_.+|NOTIFIER_.+|REGISTRY_URL|SHOW_JDK|JDK_FOLDERS|SERVICE_.+"
                    + "|PORT|PORT_.+)");
    /** The end of a line that the next one continues: an odd number of backslashes. */
    private static final Pattern CONTINUED = Pattern.compile("(?s).*(?<!\\\\)(\\\\\\\\)*\\\\");

    /** Reads the settings of the service from all sources; variables begin with {@code OFFERFLOW_}. */
    public static SettingSources read(Optional<Path> file, Map<String, String> environment, List<String> flags) {
        Map<String, String> own = new HashMap<>(environment);
        own.keySet().removeIf(name -> OTHER_VARIABLES.matcher(name).matches());
        return read(SERVICE_PREFIX, ServiceConfigDef.CONFIG.names(), file, own, flags);
    }

    /**
     * Reads the settings of a program from all sources.
     *
     * @param prefix of its variables in the environment
     * @param names of its settings
     * @param file of {@code name=value} lines in UTF-8, if there is one
     * @param environment of the process
     * @param flags name=value, as given on the command line
     * @throws ConfigException if a source cannot be read, or a variable names no setting
     */
    public static SettingSources read(String prefix, Set<String> names, Optional<Path> file,
            Map<String, String> environment, List<String> flags) {
        SettingSources sources = new SettingSources(new HashMap<>(), new HashMap<>());
        file.ifPresent(sources::readFile);
        environment.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                sources.put(setting(prefix, names, name), value, "environment variable " + name);
            }
        });
        flags.forEach(sources::readFlag);
        return sources;
    }

    /** The origin of a setting, for the start of a message; empty if no operator set it. */
    public String origin(String setting) {
        return origins.containsKey(setting) ? origins.get(setting) + ": " : "";
    }

    /** The names only: values may be secrets. */
    @Override
    public String toString() {
        return "SettingSources" + values.keySet();
    }

    /** Name of the environment variable for a setting. */
    static String variable(String setting) {
        return variable(SERVICE_PREFIX, setting);
    }

    private static String variable(String prefix, String setting) {
        return prefix + setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private void put(String setting, String value, String origin) {
        values.put(setting, value);
        origins.put(setting, origin);
    }

    /** Reads line by line, since {@link Properties} does not report the line of an entry. */
    private void readFile(Path path) {
        try {
            List<String> lines = TextFiles.read(path).lines().toList();
            for (int first = 0, next; first < lines.size(); first = next) {
                next = first + 1;
                while (next < lines.size() && CONTINUED.matcher(lines.get(next - 1)).matches()) {
                    next++;
                }
                Properties entry = new Properties();
                entry.load(new StringReader(String.join("\n", lines.subList(first, next))));
                String origin = "%s, line %d".formatted(path, first + 1);
                entry.stringPropertyNames().forEach(name -> put(name, entry.getProperty(name), origin));
            }
        } catch (IOException e) {
            throw new ConfigException("cannot read the settings in %s: %s".formatted(path, TextFiles.reason(e)), e);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("cannot read the settings in %s: %s".formatted(path, e.getMessage()), e);
        }
    }

    private void readFlag(String flag) {
        int equals = flag.indexOf('=');
        if (equals < 1) {
            throw new ConfigException("expected --set name=value, but met \"%s\"".formatted(
                    equals == 0 ? "=…" : flag));
        }
        put(flag.substring(0, equals).strip(), flag.substring(equals + 1), "--set");
    }

    private static String setting(String prefix, Set<String> names, String variable) {
        String rest = variable.substring(prefix.length());
        if (rest.startsWith(KAFKA)) {
            return rest.toLowerCase(Locale.ROOT).replace('_', '.');
        }
        Map<String, String> variables = names.stream()
                .collect(Collectors.toMap(name -> variable(prefix, name), name -> name));
        return Optional.ofNullable(variables.get(variable)).orElseThrow(() -> new ConfigException(
                "the environment has %s, but there is no such setting%s".formatted(variable,
                        NameSuggester.closest(variable, variables.keySet())
                                .map("; did you mean %s?"::formatted).orElse(""))));
    }
}
