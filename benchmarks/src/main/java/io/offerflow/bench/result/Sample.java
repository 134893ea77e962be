package io.offerflow.bench.result;

import io.offerflow.bench.BenchException;
import java.util.Map;

/**
 * One run of one subject. The first two thirds of the commands warm it up and are not in any number.
 *
 * @param subject what ran
 * @param round which pass over all subjects it belongs to, from 1
 * @param commands that were measured
 * @param seconds they took
 * @param perSecond commands a second, from the outcomes that a {@code read_committed} reader got
 * @param cpuMicros processor time a command of each part, in µs: {@code app}, {@code broker}, {@code checker}
 * @param othersShare of the machine's processors that went to whoever else runs on it; -1 if not known
 * @param loadAverage of the system when the run ended, over a minute, this run's own load included
 */
public record Sample(String subject, int round, int commands, double seconds, double perSecond,
        Map<String, Double> cpuMicros, double othersShare, double loadAverage) {

    public static final String APP = "app";
    public static final String BROKER = "broker";
    public static final String CHECKER = "checker";

    /** Clocks that count in hundredths of a second are not exact. */
    private static final double TOLERANCE = 1.02;
    /** Processor time is read a moment before and behind the outcomes that a run is timed by, in s; much for a short one. */
    private static final double AROUND = 0.5;

    /** Processor time a command of what is measured: the subject and the broker, not the harness. */
    public double cpu() {
        return cpuMicros.getOrDefault(APP, 0.0) + cpuMicros.getOrDefault(BROKER, 0.0);
    }

    /** What the harness took of all processor time. */
    public double harnessShare() {
        double harness = cpuMicros.getOrDefault(CHECKER, 0.0);
        return harness == 0 ? 0 : harness / (harness + cpu());
    }

    /**
     * The same, if it can be true: no more commands than the processors have time for.
     *
     * @throws BenchException if not
     */
    public Sample checked(int cores) {
        double most = cores * 1e6 / (cpu() + cpuMicros.getOrDefault(CHECKER, 0.0));
        if (seconds > 0 && commands / (seconds * TOLERANCE + AROUND) > most) {
            throw new BenchException("measuring error: %s, round %d: %,.0f commands/s, but %d processors have time for "
                    .formatted(subject, round, perSecond, cores) + "%,.0f at that cost".formatted(most));
        }
        return this;
    }
}
