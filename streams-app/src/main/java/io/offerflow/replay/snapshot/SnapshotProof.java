package io.offerflow.replay.snapshot;

import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.replay.fold.Rebuild;
import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.OffsetRange;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayPreconditionException;
import io.offerflow.replay.journal.Snapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Proves that a snapshot and the entries after it give the same state as all entries from the beginning. */
public final class SnapshotProof {

    /**
     * The digests of one partition's state.
     *
     * @param fromSnapshot of the newest snapshot with the entries after it
     * @param fromBeginning of all entries
     */
    public record ProvenPartition(int partition, String fromSnapshot, String fromBeginning) {

        public boolean isEqual() {
            return fromSnapshot.equals(fromBeginning);
        }
    }

    private SnapshotProof() {
    }

    /**
     * Rebuilds the present state both ways; entries that are written meanwhile are not part of it.
     *
     * @throws ReplayPreconditionException if there is no snapshot
     */
    public static List<ProvenPartition> run(Journal journal, SchemaRegistry registry, ReplayOptions options)
            throws InterruptedException {
        ReplayBound now = new ReplayBound.AtEntries(journal.ranges().stream()
                .collect(Collectors.toMap(OffsetRange::partition, range -> range.to() - 1)));
        Rebuild.RebuildResult snapshot = new Rebuild(journal, registry, options).run(now, Optional.empty());
        Rebuild.RebuildResult beginning =
                new Rebuild(journal, registry, options.with(Snapshots.NONE)).run(now, Optional.empty());
        if (snapshot.totals().entries() == beginning.totals().entries()) {
            throw new ReplayPreconditionException("there is no snapshot to verify: all entries were read");
        }
        List<ProvenPartition> proven = new ArrayList<>();
        for (int part = 0; part < beginning.parts().size(); part++) {
            proven.add(new ProvenPartition(beginning.parts().get(part).partition(),
                    snapshot.parts().get(part).sha256(), beginning.parts().get(part).sha256()));
        }
        return proven;
    }
}
