package io.offerflow.replay.snapshot;

import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.replay.fold.Rebuild;
import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.OffsetRange;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayOptions;
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

    /** Rebuilds the present state both ways; entries that are written meanwhile are not part of it. */
    public static List<ProvenPartition> run(Journal journal, SchemaRegistry registry, ReplayOptions options)
            throws InterruptedException {
        ReplayBound now = new ReplayBound.AtEntries(journal.ranges().stream()
                .collect(Collectors.toMap(OffsetRange::partition, range -> range.to() - 1)));
        List<Rebuild.RebuiltPartition> snapshot = rebuild(journal, registry, options, now);
        List<Rebuild.RebuiltPartition> beginning = rebuild(journal, registry, options.with(Snapshots.NONE), now);
        List<ProvenPartition> proven = new ArrayList<>();
        for (int part = 0; part < beginning.size(); part++) {
            proven.add(new ProvenPartition(beginning.get(part).partition(), snapshot.get(part).sha256(),
                    beginning.get(part).sha256()));
        }
        return proven;
    }

    private static List<Rebuild.RebuiltPartition> rebuild(Journal journal, SchemaRegistry registry,
            ReplayOptions options, ReplayBound bound) throws InterruptedException {
        return new Rebuild(journal, registry, options).run(bound, Optional.empty()).parts();
    }
}
