package io.offerflow.bench.scale;

import io.offerflow.bench.result.Figures.Figure;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is varied, or told apart, and where it is looked at. */
enum Curve {
    KINDS("kind of command", List.of(6_000)),
    OFFERS("offers", List.of(10_000, 100_000, 1_000_000)),
    FACTS_IN_MEMORY("offers, facts in memory", List.of(10_000, 100_000, 1_000_000)),
    PLANS("plans of an offer", List.of(1, 10, 100)),
    AUDIENCE("members of a private audience", List.of(10, 1_000, 20_000)),
    CUSTOMERS("customers of a plan", List.of(10, 1_000_000)),
    PARTITIONS("partitions", List.of(1, 2, 4, 8)),
    RESTORE("offers to restore", List.of(10_000, 100_000, 1_000_000));

    private final String title;
    private final List<Integer> points;

    /** Curve by curve, and on a curve by size; points that have names instead stay as they were. */
    static final Comparator<Figure> ORDER = Comparator.comparing(Curve::of).thenComparing(Curve::size);

    Curve(String title, List<Integer> points) {
        this.title = title;
        this.points = points;
    }

    String title() {
        return title;
    }

    /** What was found at one of its points. */
    Figure figure(int point, Map<String, Double> values) {
        return new Figure(title, String.format(Locale.ROOT, "%,d", point), values);
    }

    private static Curve of(Figure figure) {
        return Arrays.stream(values()).filter(curve -> curve.title.equals(figure.curve())).findFirst().orElseThrow();
    }

    private static long size(Figure figure) {
        String digits = figure.point().replace(",", "");
        return digits.chars().allMatch(Character::isDigit) ? Long.parseLong(digits) : 0;
    }

    /** The points that are measured unless others are asked for. */
    List<Integer> points() {
        return points;
    }
}
