package io.offerflow.topology;

import java.time.Duration;
import java.time.Instant;

/**
 * The time up to which the wall clock applies due times. It is the wall clock minus a grace period, so that records
 * appended before a due time are decided before it; and while records arrive, it is not later than the append time of
 * the newest one, so that a service that catches up does not run ahead of its inputs.
 */
public final class DueTimeWatermark {

    private final Duration grace;
    private Instant newestAppend = Instant.EPOCH;
    private long lastArrival;

    /**
     * A watermark for a task that starts now; for the grace period the task counts as one whose records arrive.
     *
     * @param wallClock in milliseconds
     */
    public DueTimeWatermark(Duration grace, long wallClock) {
        this.grace = grace;
        this.lastArrival = wallClock;
    }

    /**
     * Observes the arrival of a record.
     *
     * @param wallClock in milliseconds
     */
    public void observe(Instant appendedAt, long wallClock) {
        newestAppend = appendedAt.isAfter(newestAppend) ? appendedAt : newestAppend;
        lastArrival = wallClock;
    }

    /**
     * The watermark at a time.
     *
     * @param wallClock in milliseconds
     */
    public Instant at(long wallClock) {
        Instant delayed = Instant.ofEpochMilli(wallClock).minus(grace);
        boolean recordsArrive = wallClock - lastArrival < grace.toMillis();
        return recordsArrive && newestAppend.isBefore(delayed) ? newestAppend : delayed;
    }
}
