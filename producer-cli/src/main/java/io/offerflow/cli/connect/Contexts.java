package io.offerflow.cli.connect;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.contract.NameSuggester;
import io.offerflow.contract.file.TextFiles;
import io.offerflow.contract.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;

/** The clusters that the user works with, in one file: {@code NAME.setting=value}, and {@code current=NAME}. */
public final class Contexts {

    static final String CURRENT = "current";

    private final Path file;
    private final Map<String, String> entries;

    private Contexts(Path file, Map<String, String> entries) {
        this.file = file;
        this.entries = entries;
    }

    /**
     * Reads the file; without the file there are no contexts.
     *
     * @throws CliFailure if it cannot be read
     */
    public static Contexts read(Path file) {
        Map<String, String> entries = new TreeMap<>();
        if (Files.exists(file)) {
            properties(file).forEach((name, value) -> entries.put(name.toString(), value.toString().strip()));
        }
        return new Contexts(file, entries);
    }

    /** The path of the file: from a variable, or else in the usual directory for settings. */
    public static Path defaultFile(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("OFFERFLOW_CLI_CONTEXTS")).map(Path::of)
                .orElseGet(() -> Optional.ofNullable(environment.get("XDG_CONFIG_HOME")).filter(dir -> !dir.isBlank())
                        .map(Path::of).orElseGet(() -> Path.of(System.getProperty("user.home"), ".config"))
                        .resolve("offerflow").resolve("contexts.properties"));
    }

    public Path file() {
        return file;
    }

    /** The name of the context that is used by default. */
    public Optional<String> current() {
        return Optional.ofNullable(entries.get(CURRENT)).filter(name -> !name.isBlank());
    }

    /** The names of all contexts, in alphabetical order. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        entries.keySet().stream().filter(key -> key.indexOf('.') > 0)
                .forEach(key -> names.add(key.substring(0, key.indexOf('.'))));
        return List.copyOf(names);
    }

    /**
     * The settings of one context, without its name before them.
     *
     * @throws CliFailure if there is no such context
     */
    public Map<String, String> settings(String name) {
        Map<String, String> settings = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            if (key.startsWith(name + ".")) {
                settings.put(key.substring(name.length() + 1), value);
            }
        });
        if (settings.isEmpty()) {
            throw new CliFailure(ExitCode.USAGE, "There is no context %s in %s; %s%s".formatted(name, file,
                    names().isEmpty() ? "it has none." : "it has " + String.join(", ", names()) + ".",
                    NameSuggester.closest(name, names()).map(near -> " Did you mean " + near + "?").orElse("")));
        }
        return settings;
    }

    /**
     * Makes a context the current one; the rest of the file stays as it is, including comments.
     *
     * @throws CliFailure if there is no such context
     */
    public void use(String name) throws IOException {
        settings(name);
        List<String> lines = new ArrayList<>(TextFiles.read(file).lines().toList());
        lines.removeIf(line -> line.strip().matches(CURRENT + "\\s*[=:].*"));
        lines.addFirst(CURRENT + "=" + name);
        WholeFile.write(file, String.join("\n", lines) + "\n");
    }

    /**
     * Reads a properties file in UTF-8, as Kafka's own tools do.
     *
     * @throws CliFailure if it cannot be read
     */
    static Properties properties(Path file) {
        try {
            return TextFiles.properties(file);
        } catch (IOException e) {
            throw new CliFailure(ExitCode.USAGE, "The file %s cannot be read as lines of name=value: %s".formatted(
                    file, TextFiles.reason(e)), e);
        }
    }
}
