package io.offerflow.bench.result;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * What a verb found that measures something other than subjects under load.
 *
 * @param kind the verb
 * @param day when, as a date
 * @param command how to get it again
 * @param settings by name
 * @param loadAverage of the system over the last minute when it ended: above one, somebody else was at work as well; -1 if not known
 */
public record Figures(String kind, String day, Machine machine, String command, Map<String, String> settings,
        double loadAverage, List<Figure> figures) {

    /** Figures that were just measured here. */
    public static Figures now(String kind, String command, Map<String, String> settings, List<Figure> figures) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return new Figures(kind, LocalDate.now(ZoneOffset.UTC).toString(), Machine.here(), command, settings,
                Math.round(load * 10) / 10.0, figures);
    }

    /**
     * One point.
     *
     * @param curve what is varied, or the group that a single figure belongs to
     * @param point where on it
     * @param values by name; the name says the unit
     */
    public record Figure(String curve, String point, Map<String, Double> values) {
    }

    /** The points of one curve, in the order in which they were measured. */
    public List<Figure> of(String curve) {
        return figures.stream().filter(figure -> figure.curve().equals(curve)).toList();
    }

    /** A point's value. */
    public double value(String curve, String point, String name) {
        return of(curve).stream().filter(figure -> figure.point().equals(point)).findFirst()
                .map(figure -> figure.values().get(name)).orElseThrow(() -> new IllegalArgumentException(
                        "there is no figure %s / %s / %s".formatted(curve, point, name)));
    }
}
