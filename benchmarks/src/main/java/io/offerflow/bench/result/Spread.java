package io.offerflow.bench.result;

import java.util.Collection;
import java.util.List;

/** Median, smallest and largest of several measurements. */
public record Spread(double median, double min, double max) {

    /** Of at least one value. */
    public static Spread of(Collection<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }

    /** Distance of the extremes, as a share of the median. */
    public double share() {
        return median == 0 ? 0 : (max - min) / median;
    }
}
