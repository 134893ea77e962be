package io.offerflow.replay.journal;

/**
 * A range of offsets of one partition of the journal.
 *
 * @param from first offset, inclusive
 * @param to end offset, exclusive
 */
public record OffsetRange(int partition, long from, long to) {

    /** Number of offsets; transaction markers take some of them, so there are fewer records. */
    public long length() {
        return to - from;
    }
}
