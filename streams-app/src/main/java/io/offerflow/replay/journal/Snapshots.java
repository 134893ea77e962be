package io.offerflow.replay.journal;

import java.util.List;
import java.util.Map;

/** The snapshots from which a replay may begin. */
public interface Snapshots {

    /** There is none: a replay reads the journal from the beginning. */
    Snapshots NONE = (bound, ranges) -> Map.of();

    /**
     * The newest snapshot of each partition that contains nothing after the bound; a partition without one is missing.
     *
     * @param ranges what the partitions to be replayed have in the journal
     * @throws ReplayPreconditionException if a snapshot is damaged, or is not of this journal or this release
     */
    Map<Integer, PartitionSnapshot> newest(ReplayBound bound, List<OffsetRange> ranges);
}
