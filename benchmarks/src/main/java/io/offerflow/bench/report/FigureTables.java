package io.offerflow.bench.report;

import io.offerflow.bench.result.Figures;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Figures as Markdown, a table a curve. */
public final class FigureTables {

    private static final double WHOLE = 1000;

    private FigureTables() {
    }

    /** All curves. */
    public static String of(Figures figures) {
        StringBuilder text = new StringBuilder();
        figures.figures().stream().map(Figures.Figure::curve).distinct()
                .forEach(curve -> text.append(of(curve, figures.of(curve))).append('\n'));
        return text.toString();
    }

    /** One curve. */
    public static String of(String curve, List<Figures.Figure> points) {
        Set<String> names = new LinkedHashSet<>();
        points.forEach(point -> names.addAll(point.values().keySet()));
        StringBuilder table = new StringBuilder("| %s | %s |\n|---|".formatted(curve, String.join(" | ", names)));
        table.append("---|".repeat(names.size())).append('\n');
        for (Figures.Figure point : points) {
            table.append("| ").append(point.point()).append(" |");
            names.forEach(name -> table.append(' ').append(shown(point.values().get(name))).append(" |"));
            table.append('\n');
        }
        return table.toString();
    }

    /** A figure with as many digits as mean something. */
    public static String shown(Double value) {
        return value == null ? "–" : String.format(Locale.ROOT, Math.abs(value) >= WHOLE ? "%,.0f"
                : Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }
}
