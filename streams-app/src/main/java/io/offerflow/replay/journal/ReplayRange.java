package io.offerflow.replay.journal;

import java.util.Optional;

/**
 * What a replay reads of one partition.
 *
 * @param snapshot with the state before the first offset; empty if that is the beginning of the journal
 */
public record ReplayRange(OffsetRange offsets, Optional<PartitionSnapshot> snapshot) {

    /** A range from the beginning of the journal. */
    public static ReplayRange fromBeginning(OffsetRange offsets) {
        return new ReplayRange(offsets, Optional.empty());
    }

    public int partition() {
        return offsets.partition();
    }
}
