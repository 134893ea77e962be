package io.offerflow.replay.journal;

/**
 * A part of one partition of the journal.
 *
 * @param from offset of the first record
 * @param to offset behind the last one
 */
public record OffsetRange(int partition, long from, long to) {

    /** How many offsets it has; markers of transactions are among them, so there are fewer records. */
    public long length() {
        return to - from;
    }
}
