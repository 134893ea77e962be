package io.offerflow.replay.journal;

/**
 * What a replay has gone through.
 *
 * @param entries lines of the journal that were taken
 * @param offers that there are
 * @param heaviest most memory that one partition's state took, in bytes, as estimated
 * @param spilled partitions whose state did not fit into the memory allowed
 */
public record ReplayStats(long entries, long offers, long heaviest, int spilled) {

    public static final ReplayStats NONE = new ReplayStats(0, 0, 0, 0);

    public ReplayStats plus(ReplayStats other) {
        return new ReplayStats(entries + other.entries, offers + other.offers, Math.max(heaviest, other.heaviest),
                spilled + other.spilled);
    }
}
