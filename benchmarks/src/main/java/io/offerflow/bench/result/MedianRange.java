package io.offerflow.bench.result;

import java.util.Collection;

/** Median, least and greatest of several measurements. */
public record MedianRange(double median, double min, double max) {

    /** Of at least one value. */
    public static MedianRange of(Collection<Double> measurements) {
        double[] sorted = measurements.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int half = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        return new MedianRange(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** Distance between the extremes, as a share of the median. */
    public double share() {
        return median == 0 ? 0 : (max - min) / median;
    }
}
