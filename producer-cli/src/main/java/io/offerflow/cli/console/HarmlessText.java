package io.offerflow.cli.console;

/**
 * Makes text from elsewhere harmless on terminals and in logs: one line stays one line, and no character controls what
 * is shown. The escapes are those of JSON, so that JSON with escaped characters is the same JSON.
 */
public final class HarmlessText {

    /** Marks of the direction of text: with them, a text can look like another one. */
    private static final String DIRECTIONS =
            "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    private HarmlessText() {
    }

    /** The text with escapes for control characters but tabs, line breaks, marks of direction and half pairs. */
    public static String of(String text) {
        int at = 0;
        while (at < text.length() && isPlain(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return at == text.length() ? text : escaped(text, at);
    }

    private static String escaped(String text, int from) {
        StringBuilder plain = new StringBuilder(text.length() + 16).append(text, 0, from);
        text.substring(from).codePoints().forEach(one -> {
            if (isPlain(one)) {
                plain.appendCodePoint(one);
            } else {
                plain.append(one == '\n' ? "\\n" : one == '\r' ? "\\r" : "\\u%04x".formatted(one));
            }
        });
        return plain.toString();
    }

    private static boolean isPlain(int one) {
        return one >= ' ' && one < 0x7F || one == '\t' || switch (Character.getType(one)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> DIRECTIONS.indexOf(one) < 0;
        };
    }
}
