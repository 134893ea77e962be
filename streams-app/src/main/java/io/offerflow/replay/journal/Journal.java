package io.offerflow.replay.journal;

import java.util.List;

/** Source of journal records. Safe for use by several threads, one per partition. */
public interface Journal {

    /** Handles records one by one; returns whether it needs more. */
    @FunctionalInterface
    interface RecordHandler {
        boolean handle(JournalRecord record);
    }

    /** The present offset range of each partition, ordered by partition. */
    List<OffsetRange> ranges();

    /** Passes the committed records of a range to the handler, in order. */
    void read(OffsetRange range, RecordHandler handler);
}
