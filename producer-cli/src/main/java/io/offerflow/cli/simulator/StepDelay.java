package io.offerflow.cli.simulator;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long the simulated systems take for a step.
 *
 * @param base the same for every step
 * @param perEstimatedMinute added for each minute that the step usually takes
 * @param random source of the spread, a quarter up or down
 */
public record StepDelay(Duration base, Duration perEstimatedMinute, RandomGenerator random) {

    private static final double SPREAD = 0.25;

    /** The same for every step, give or take a quarter. */
    public static StepDelay fixed(Duration delay, RandomGenerator random) {
        return new StepDelay(delay, Duration.ZERO, random);
    }

    /** In proportion to the usual duration of the step, give or take a quarter. */
    public static StepDelay perEstimatedMinute(Duration delay, RandomGenerator random) {
        return new StepDelay(Duration.ZERO, delay, random);
    }

    Duration next(int estimatedMinutes) {
        double millis = base.toMillis() + (double) perEstimatedMinute.toMillis() * estimatedMinutes;
        return Duration.ofMillis(Math.round(millis * (1 - SPREAD + 2 * SPREAD * random.nextDouble())));
    }
}
