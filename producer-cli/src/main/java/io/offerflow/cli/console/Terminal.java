package io.offerflow.cli.console;

import java.util.Map;
import java.util.Optional;

/**
 * Whether output goes to a person's terminal, colours for it, and how much fits into a line.
 *
 * @param width characters; very many where there is no terminal
 */
public record Terminal(boolean colour, int width) {

    /** What a text is about. */
    public enum Style {
        FAINT("2"), STRONG("1"), GOOD("32"), BAD("31"), WAITING("33"), MAIL("36");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private static final int NARROWEST = 40;

    /** No colours and no end of the line. */
    public static final Terminal PLAIN = new Terminal(false, Integer.MAX_VALUE);

    /**
     * Colours if the launcher saw a terminal at standard output and NO_COLOR is not set; Java itself cannot tell a
     * terminal from a pipe in all the versions we run on.
     */
    public static Terminal detect() {
        Map<String, String> environment = System.getenv();
        boolean refused = Optional.ofNullable(environment.get("NO_COLOR")).filter(value -> !value.isEmpty())
                .isPresent();
        boolean terminal = Boolean.getBoolean("offerflow.terminal");
        int width = number(environment.get("COLUMNS")).or(() -> number(System.getProperty("offerflow.columns"))
                .filter(columns -> terminal)).map(columns -> Math.max(NARROWEST, columns)).orElse(Integer.MAX_VALUE);
        return new Terminal(terminal && !refused, width);
    }

    /** Whether a person sees what goes to standard error: then progress is shown there. */
    public static boolean personAtErr() {
        return Boolean.getBoolean("offerflow.terminal.err");
    }

    private static Optional<Integer> number(String text) {
        return Optional.ofNullable(text).filter(given -> given.matches("[0-9]{1,5}")).map(Integer::valueOf);
    }

    /** The text in the colour that belongs to the style, or as it is. */
    public String paint(Style style, String text) {
        return colour && !text.isEmpty() ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }
}
