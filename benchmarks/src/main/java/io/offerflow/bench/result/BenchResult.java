package io.offerflow.bench.result;

import java.util.List;
import java.util.Objects;

/** The result of one verb, as it is saved. */
public record BenchResult(RunInfo run, List<Figure> figures) {

    /** The figures of one group, in the order of the file. */
    public List<Figure> of(String group) {
        return figures.stream().filter(figure -> figure.group().equals(group)).toList();
    }

    /** All measurements of a value at a point, in the order of the file. */
    public List<Double> values(String group, String point, String name) {
        return of(group).stream().filter(figure -> figure.point().equals(point))
                .map(figure -> figure.values().get(name)).filter(Objects::nonNull).toList();
    }

    /** The median of a value at a point; fails if it was not measured. */
    public double median(String group, String point, String name) {
        List<Double> values = values(group, point, name);
        if (values.isEmpty()) {
            throw new BenchException("there is no figure %s / %s / %s".formatted(group, point, name));
        }
        return MedianRange.of(values).median();
    }
}
