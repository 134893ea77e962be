package io.offerflow.cli.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Finds text that Java could not read from the shell: under a locale that is not UTF-8, such as LC_ALL=C, it replaces
 * each byte outside ASCII, and files with these names cannot be opened. The launcher sets a locale, {@code java -jar}
 * does not.
 */
public final class ShellEncoding {

    private static final String REPLACEMENT = "\ufffd";
    private static final List<String> PROPERTIES = List.of("user.name", "user.dir", "user.home");

    private ShellEncoding() {
    }

    /**
     * What is wrong and what to do, if something is.
     *
     * @param properties reads a property of Java
     */
    public static Optional<String> problem(List<String> arguments, Map<String, String> environment,
            UnaryOperator<String> properties) {
        return arguments.stream().filter(ShellEncoding::isLossy).findFirst()
                .map(argument -> "The argument \"%s\"".formatted(argument))
                .or(() -> environment.entrySet().stream().filter(entry -> entry.getKey().startsWith("OFFERFLOW_")
                        && isLossy(entry.getValue())).findFirst().map(entry -> "The variable " + entry.getKey()))
                .or(() -> PROPERTIES.stream().filter(name -> isLossy(properties.apply(name))).findFirst()
                        .map(name -> switch (name) {
                            case "user.name" -> "Your user name";
                            case "user.dir" -> "The name of this directory";
                            default -> "The name of your home directory";
                        }))
                .map(what -> ("%s has bytes that are no text in this locale, whose encoding is %s; nothing was done:"
                        + " set LC_ALL=C.UTF-8 and run it again.").formatted(what,
                        properties.apply("sun.jnu.encoding")));
    }

    private static boolean isLossy(String text) {
        return text != null && text.contains(REPLACEMENT);
    }
}
