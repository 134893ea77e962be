package io.offerflow.replay.journal;

import java.util.List;

/** Where the lines of the journal come from. Safe for use by several threads, each reading a partition of its own. */
public interface Journal {

    /** Takes records; answers whether it wants more. */
    @FunctionalInterface
    interface RecordHandler {
        boolean take(JournalRecord record);
    }

    /** What the partitions hold now, by partition. */
    List<OffsetRange> stretches();

    /** Hands over the committed records of a stretch in their order. */
    void read(OffsetRange stretch, RecordHandler taker);
}
