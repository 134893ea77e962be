package io.offerflow.bench.result;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A Markdown table. */
public final class MarkdownTable {

    private final StringBuilder text = new StringBuilder();

    public MarkdownTable(String... headers) {
        row((Object[]) headers);
        text.append("|").append("---|".repeat(headers.length)).append('\n');
    }

    public MarkdownTable row(Object... cells) {
        text.append(Arrays.stream(cells).map(Object::toString).collect(Collectors.joining(" | ", "| ", " |\n")));
        return this;
    }

    /** A number with few digits. */
    public static String number(double value) {
        return text(Math.abs(value) >= 1000 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }

    /** Formats the same in every locale. */
    public static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
