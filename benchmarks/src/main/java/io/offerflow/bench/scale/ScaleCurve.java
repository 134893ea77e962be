package io.offerflow.bench.scale;

import io.offerflow.bench.result.Figure;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is varied, or told apart, and its usual points. */
public enum ScaleCurve {
    KINDS("kind of command", 6_000),
    OFFERS("offers", 10_000, 100_000, 1_000_000),
    FACTS_IN_MEMORY("offers, facts in memory", 10_000, 100_000, 1_000_000),
    PLANS("plans of an offer", 1, 10, 100),
    AUDIENCE("members of a private audience", 10, 1_000, 20_000),
    CUSTOMERS("customers of a plan", 10, 1_000_000),
    PARTITIONS("partitions", 1, 2, 4, 8),
    RESTORE("offers to restore", 10_000, 100_000, 1_000_000);

    /** By curve, then by size; points with names keep their order. */
    static final Comparator<Figure> ORDER = Comparator.comparing(ScaleCurve::of).thenComparing(ScaleCurve::size);

    private final String title;
    private final List<Integer> points;

    ScaleCurve(String title, Integer... points) {
        this.title = title;
        this.points = List.of(points);
    }

    public String title() {
        return title;
    }

    /** The points that are measured unless others are given. */
    List<Integer> points() {
        return points;
    }

    Figure figure(int point, Map<String, Double> values) {
        return new Figure(title, String.format(Locale.ROOT, "%,d", point), values);
    }

    private static ScaleCurve of(Figure figure) {
        return Arrays.stream(values()).filter(curve -> curve.title.equals(figure.group())).findFirst().orElseThrow();
    }

    private static long size(Figure figure) {
        String digits = figure.point().replace(",", "");
        return digits.chars().allMatch(Character::isDigit) ? Long.parseLong(digits) : 0;
    }
}
