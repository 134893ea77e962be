package io.offerflow.cli.console;

import java.util.Map;
import java.util.Optional;

/**
 * The terminal that output goes to: whether it shows colours, and its width.
 *
 * @param width in characters; unlimited without a terminal
 */
public record Terminal(boolean colour, int width) {

    /** The meaning of a text, which decides its colour. */
    public enum Style {
        FAINT("2"), STRONG("1"), GOOD("32"), BAD("31"), WAITING("33"), MAIL("36");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private static final int NARROWEST = 40;
    /** Unicode keeps these for use within a program; one for each style, and one for the end. */
    private static final char FIRST_MARK = '\ufdd0';
    private static final char LAST_MARK = '\ufdef';

    /** No colours and no limit of the width. */
    public static final Terminal PLAIN = new Terminal(false, Integer.MAX_VALUE);

    /**
     * With colours if the launcher found a terminal at standard output and NO_COLOR is not set: not every supported
     * version of Java can tell a terminal from a pipe.
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

    /** Whether standard error is a terminal, so that progress can be shown there. */
    public static boolean personAtErr() {
        return Boolean.getBoolean("offerflow.terminal.err");
    }

    private static Optional<Integer> number(String text) {
        return Optional.ofNullable(text).filter(given -> given.matches("[0-9]{1,5}")).map(Integer::valueOf);
    }

    /**
     * The text in the colour of the style, or unchanged without colours. {@link ConsoleWriter} makes the sequences for
     * the terminal out of the marks: in text from elsewhere they are escaped.
     */
    public String paint(Style style, String text) {
        return colour && !text.isEmpty() ? (char) (FIRST_MARK + style.ordinal()) + text + LAST_MARK : text;
    }

    /** Replaces the marks of colours by the sequences that a terminal understands, or by escapes. */
    static String painted(String text, boolean colour) {
        if (text.chars().noneMatch(Terminal::isMark)) {
            return text;
        }
        StringBuilder painted = new StringBuilder();
        text.chars().forEach(one -> painted.append(!isMark(one) ? Character.toString(one)
                : !colour ? "\\u%04x".formatted(one)
                : one == LAST_MARK ? "\u001b[0m" : "\u001b[" + Style.values()[one - FIRST_MARK].code + "m"));
        return painted.toString();
    }

    private static boolean isMark(int one) {
        return one == LAST_MARK || one >= FIRST_MARK && one < FIRST_MARK + Style.values().length;
    }
}
