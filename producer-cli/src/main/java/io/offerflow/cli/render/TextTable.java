package io.offerflow.cli.render;

import io.offerflow.cli.console.HarmlessText;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table whose columns are as wide as their cells; lines are cut at the width of the terminal. */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Style> styles = new ArrayList<>();
    private final String indent;

    public TextTable(String indent) {
        this.indent = indent;
    }

    /** Adds a row; one column of it is painted. */
    public void row(Style style, List<String> cells) {
        styles.add(style);
        rows.add(cells.stream().map(HarmlessText::of).toList());
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** @param painted index of the column that shows the style of its row */
    public void print(PrintWriter out, Terminal terminal, int painted) {
        int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
        rows.forEach(row -> IntStream.range(0, row.size()).forEach(i ->
                widths[i] = Math.max(widths[i], row.get(i).length())));
        for (int i = 0; i < rows.size(); i++) {
            out.println(line(rows.get(i), styles.get(i), widths, terminal, painted));
        }
    }

    private String line(List<String> cells, Style style, int[] widths, Terminal terminal, int painted) {
        StringBuilder line = new StringBuilder(indent);
        int left = terminal.width() - indent.length();
        for (int i = 0; i < cells.size() && left > 0; i++) {
            boolean last = IntStream.range(i + 1, cells.size()).allMatch(j -> cells.get(j).isEmpty());
            String cell = cut(cells.get(i), left);
            String padded = last ? cell : cut(cell + " ".repeat(widths[i] - cells.get(i).length()) + GAP, left);
            line.append(i == painted ? terminal.paint(style, padded) : padded);
            left -= padded.length();
            if (last) {
                break;
            }
        }
        return line.toString().stripTrailing();
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "\u2026";
    }
}
