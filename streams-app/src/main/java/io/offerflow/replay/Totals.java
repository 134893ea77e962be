package io.offerflow.replay;

/**
 * What a replay has gone through.
 *
 * @param entries lines of the journal that were taken
 * @param offers that there are
 * @param heaviest most memory that one partition's state took, in bytes, as estimated
 * @param spilled partitions whose state did not fit into the memory allowed
 */
public record Totals(long entries, long offers, long heaviest, int spilled) {

    static final Totals NONE = new Totals(0, 0, 0, 0);

    Totals plus(Totals other) {
        return new Totals(entries + other.entries, offers + other.offers, Math.max(heaviest, other.heaviest),
                spilled + other.spilled);
    }
}
