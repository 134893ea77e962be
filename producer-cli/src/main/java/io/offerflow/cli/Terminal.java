package io.offerflow.cli;

import java.util.Optional;

/** Whether output goes to a person's terminal, and colours for it. */
public record Terminal(boolean colour) {

    /** What a text is about. */
    public enum Style {
        FAINT("2"), STRONG("1"), GOOD("32"), BAD("31"), WAITING("33"), MAIL("36");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    /** No colours. */
    public static final Terminal PLAIN = new Terminal(false);

    /**
     * Colours if the launcher saw a terminal at standard output and NO_COLOR is not set; Java itself cannot tell a
     * terminal from a pipe in all the versions we run on.
     */
    public static Terminal detect() {
        boolean refused = Optional.ofNullable(System.getenv("NO_COLOR")).filter(value -> !value.isEmpty()).isPresent();
        return new Terminal(Boolean.getBoolean("offerflow.terminal") && !refused);
    }

    /** The text in the colour that belongs to the style, or as it is. */
    public String paint(Style style, String text) {
        return colour && !text.isEmpty() ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }
}
