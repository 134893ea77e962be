package io.offerflow.bench.result;

import static io.offerflow.bench.result.MarkdownTable.number;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Figures as Markdown tables. A group is a table: a row for each point, a column for each value. What was measured
 * several times is shown by its median, the first value with its extremes and the number of times, too.
 */
public final class ResultTables {

    /** The share of other programs in the time of the machine's processors. */
    public static final String OTHERS = "others %";
    private static final double NOISY_SPREAD = 0.15;
    private static final double NOISY_OTHERS = 5;

    private ResultTables() {
    }

    /** The tables of all groups. */
    public static String of(List<Figure> figures) {
        return by(Figure::group, figures).entrySet().stream().map(group -> table(group.getKey(), group.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, List<Figure>> by(Function<Figure, String> name, List<Figure> figures) {
        return figures.stream().collect(Collectors.groupingBy(name, LinkedHashMap::new, Collectors.toList()));
    }

    private static String table(String group, List<Figure> figures) {
        Set<String> names = new LinkedHashSet<>();
        figures.forEach(figure -> names.addAll(figure.values().keySet()));
        MarkdownTable table = new MarkdownTable(Stream.concat(Stream.of(group), names.stream()).toArray(String[]::new));
        by(Figure::point, figures).forEach((point, same) -> {
            Stream<String> cells = names.stream().map(name -> cell(values(same, name),
                    name.equals(names.iterator().next())));
            table.row(Stream.concat(Stream.of(point + (isNoisy(same) ? " (noisy)" : "")), cells).toArray());
        });
        return table.toString();
    }

    private static List<Double> values(List<Figure> figures, String name) {
        return figures.stream().map(figure -> figure.values().get(name)).filter(Objects::nonNull).toList();
    }

    private static String cell(List<Double> values, boolean withExtremes) {
        if (values.isEmpty()) {
            return "–";
        }
        MedianRange range = MedianRange.of(values);
        return number(range.median()) + (withExtremes && values.size() > 1
                ? " (%s–%s, %d times)".formatted(number(range.min()), number(range.max()), values.size()) : "");
    }

    private static boolean isNoisy(List<Figure> same) {
        List<Double> others = values(same, OTHERS);
        String first = same.getFirst().values().keySet().iterator().next();
        return MedianRange.of(values(same, first)).share() > NOISY_SPREAD
                || !others.isEmpty() && MedianRange.of(others).median() > NOISY_OTHERS;
    }
}
