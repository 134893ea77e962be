package io.offerflow.replay.journal;

/**
 * Counts of a replay.
 *
 * @param entries journal entries that were replayed
 * @param offers in the resulting state
 * @param peakMemory largest estimated memory of one partition's state, in bytes
 * @param spilled partitions whose state exceeded the memory limit
 */
public record ReplayStats(long entries, long offers, long peakMemory, int spilled) {

    public static final ReplayStats NONE = new ReplayStats(0, 0, 0, 0);

    public ReplayStats plus(ReplayStats other) {
        return new ReplayStats(entries + other.entries, offers + other.offers, Math.max(peakMemory, other.peakMemory),
                spilled + other.spilled);
    }
}
