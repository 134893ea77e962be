package io.offerflow.replay;

/**
 * A part of one partition of the journal.
 *
 * @param from offset of the first record
 * @param to offset behind the last one
 */
public record Stretch(int partition, long from, long to) {

    /** How many offsets it has; markers of transactions are among them, so there are fewer records. */
    public long length() {
        return to - from;
    }
}
