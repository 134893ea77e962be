package io.offerflow.faults.crash;

/** Counts the effects of a task, and ends its process before one of them. */
final class Effects {

    private long count;
    private long crashBefore = Long.MAX_VALUE;

    /** Counts from 0 again. The process ends before the effect with this number. */
    void restart(long before) {
        count = 0;
        crashBefore = before;
    }

    /** Counts from 0 again; no effect is the last one. */
    void restart() {
        restart(Long.MAX_VALUE);
    }

    /** An effect is about to happen. */
    void next() {
        if (count++ == crashBefore) {
            throw new Crash();
        }
    }

    /** The effects since the last restart. */
    long count() {
        return count;
    }
}
