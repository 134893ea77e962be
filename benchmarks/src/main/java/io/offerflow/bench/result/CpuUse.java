package io.offerflow.bench.result;

import java.util.Map;

/**
 * Processor time while something was measured.
 *
 * @param micros processor time per command by part, in µs
 * @param othersShare share of the machine's processors that other programs took; -1 if unknown
 * @param loadAverage of the system over the last minute, with the load of the run itself
 */
public record CpuUse(Map<String, Double> micros, double othersShare, double loadAverage) {

    public static final String APP = "app";
    public static final String BROKER = "broker";
    public static final String CHECKER = "checker";
    public static final String LOADER = "loader";

    public double of(String part) {
        return micros.getOrDefault(part, 0.0);
    }

    /** Processor time per command of what is measured: the subject and the broker, without the harness. */
    public double measured() {
        return of(APP) + of(BROKER);
    }

    /** Share of the harness in all processor time. */
    public double harnessShare() {
        double harness = of(CHECKER);
        return harness == 0 ? 0 : harness / (harness + measured());
    }
}
