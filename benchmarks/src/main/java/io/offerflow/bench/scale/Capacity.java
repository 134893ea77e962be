package io.offerflow.bench.scale;

import io.offerflow.bench.micro.MicroCommand;
import io.offerflow.bench.result.Figures;
import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.Sample;
import io.offerflow.bench.result.Spread;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What measured costs mean for a deployment: the tables of docs/capacity.md.
 *
 * @param load a result with runs of the service
 * @param scale of {@code ./offerflow bench scale}
 * @param micro of {@code ./offerflow bench micro}
 */
record Capacity(Result load, Figures scale, Figures micro) {

    /** Of a processor's time, so that there is room for peaks, for a restart and for whoever else is there. */
    private static final double USED = 0.6;
    private static final double SECONDS_A_DAY = 86_400;
    private static final double DAYS_A_YEAR = 365;
    private static final int COPIES = 3;
    private static final double GB = 1e9;

    /**
     * Somebody's year.
     *
     * @param commands of publishers, pipeline and support, for one offer in a year
     * @param requests of customers, for one offer in a year
     * @param peak how many times the average the busiest minute is
     */
    private record Year(String name, double publishers, double offersEach, double commands, double requests, double peak) {

        double offers() {
            return publishers * offersEach;
        }

        double all() {
            return offers() * (commands + requests);
        }

        double perSecond() {
            return all() / DAYS_A_YEAR / SECONDS_A_DAY;
        }
    }

    private static final List<Year> YEARS = List.of(
            new Year("a thousand publishers", 1_000, 3, 60, 300, 20),
            new Year("a hundred thousand publishers", 100_000, 3, 60, 300, 20),
            new Year("a million publishers", 1_000_000, 3, 60, 300, 20));

    private double service(ToDoubleFunction<Sample> what) {
        return Spread.of(load.of("service").stream().map(what::applyAsDouble).toList()).median();
    }

    private double bytes(String what) {
        return micro.value(MicroCommand.SIZES, what, "B");
    }

    private double app() {
        return service(sample -> sample.cpuMicros().get(Sample.APP));
    }

    private double broker() {
        return service(sample -> sample.cpuMicros().get(Sample.BROKER));
    }

    /** Everything, in Markdown. */
    String text() {
        return costs() + "\n" + instances() + "\n" + years();
    }

    private String costs() {
        return format("""
                | a command of the standard workload | |
                |---|---|
                | processor time, service | %.0f µs |
                | processor time, one broker with one copy | %.0f µs |
                | commands a second, one stream thread, everything on %d cores | %,.0f |
                | its input | %,.0f B |
                | its line in the journal | %,.0f B |
                | written to stores and their changelogs | %,.0f B |
                | stored of one offer, in %.0f rows | %,.0f B |
                """, app(), broker(), load.machine().cores(), service(Sample::perSecond), bytes("input"),
                bytes("offer-journal"), bytes("facts") + bytes("rows written"), 1 + offer("rows"),
                offer("facts B") + offer("rows B"));
    }

    private double offer(String what) {
        return scale.of(Curve.OFFERS.title()).getFirst().values().get(what);
    }

    private String instances() {
        StringBuilder table = new StringBuilder("""
                | partitions | instances of 2 cores | stream threads each | commands a second | brokers' cores, %d copies |
                |---|---|---|---|---|
                """.formatted(COPIES));
        int[][] sizes = {{4, 1, 2}, {12, 3, 2}, {24, 6, 2}, {48, 12, 2}};
        for (int[] size : sizes) {
            double perSecond = size[1] * 2 * USED * 1e6 / app();
            table.append(format("| %d | %d | %d | %,.0f | %.1f |%n", size[0], size[1], size[2], perSecond,
                    perSecond * broker() * COPIES / 1e6 / USED));
        }
        return table.toString();
    }

    private String years() {
        StringBuilder table = new StringBuilder("""
                | | offers | commands a year | a second, average (busiest minute) | cores of the service then | state, one copy | journal a year, one copy | restore of all state by one instance |
                |---|---|---|---|---|---|---|---|
                """);
        for (Year year : YEARS) {
            double state = year.offers() * (offer("facts B") + offer("rows B"));
            double rows = year.offers() * (1 + offer("rows"));
            table.append(format("| %s | %,.0f | %,.0f | %,.1f (%,.0f) | %.2f | %,.1f GB | %,.1f GB | %,.0f s |%n",
                    year.name(), year.offers(), year.all(), year.perSecond(), year.perSecond() * year.peak(),
                    year.perSecond() * year.peak() * app() / 1e6 / USED, state / GB,
                    year.all() * bytes("offer-journal") / GB, rows / restored()));
        }
        return table.toString();
    }

    private double restored() {
        return scale.of(Curve.RESTORE.title()).getLast().values().get("records/s");
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
