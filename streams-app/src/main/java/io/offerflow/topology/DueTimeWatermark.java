package io.offerflow.topology;

import java.time.Duration;
import java.time.Instant;

/**
 * Up to when due times may be brought about by the wall clock: some grace behind it, so that records appended before a
 * due time are decided before it; and while records keep coming, no further than the newest of them was appended, so
 * that a service that has fallen behind never runs ahead of its own inputs.
 */
public final class DueTimeWatermark {

    private final Duration grace;
    private Instant newestAppend = Instant.EPOCH;
    private long lastMet;

    /** A horizon for a task that begins its work now: for a while its inputs count as coming, however old they are. */
    public DueTimeWatermark(Duration grace, long wallClock) {
        this.grace = grace;
        this.lastMet = wallClock;
    }

    /** A record was met at a wall-clock time, in milliseconds. */
    public void observe(Instant appendedAt, long wallClock) {
        newestAppend = appendedAt.isAfter(newestAppend) ? appendedAt : newestAppend;
        lastMet = wallClock;
    }

    /** Up to when at this wall-clock time, in milliseconds. */
    public Instant at(long wallClock) {
        Instant behind = Instant.ofEpochMilli(wallClock).minus(grace);
        boolean recordsKeepComing = wallClock - lastMet < grace.toMillis();
        return recordsKeepComing && newestAppend.isBefore(behind) ? newestAppend : behind;
    }
}
