package io.offerflow.notifier.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a failed event is tried again, and for how long.
 *
 * @param first the wait after the first failure; each further one is three times as long
 * @param longest the longest wait
 * @param giveUpAfter how long an event is tried
 */
public record RetryPolicy(Duration first, Duration longest, Duration giveUpAfter) {

    private static final int FACTOR = 3;
    private static final double JITTER = 0.2;

    /** Five seconds, growing to an hour, for three days. */
    public static final RetryPolicy DEFAULT =
            new RetryPolicy(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofDays(3));

    /** The wait after this many failures, give or take a fifth, so that receivers do not get all retries at once. */
    Duration wait(int failures, RandomGenerator random) {
        double millis = first.toMillis() * Math.pow(FACTOR, Math.max(0, failures - 1));
        double bounded = Math.min(millis, longest.toMillis());
        return Duration.ofMillis((long) (bounded * (1 - JITTER + 2 * JITTER * random.nextDouble())));
    }
}
