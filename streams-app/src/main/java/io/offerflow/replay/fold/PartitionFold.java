package io.offerflow.replay.fold;

import io.offerflow.avro.JournalEntry;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferState;
import io.offerflow.replay.journal.DecodedEntry;
import io.offerflow.replay.journal.FoldPosition;
import io.offerflow.replay.journal.JournalDecoder;
import io.offerflow.replay.journal.JournalRecord;
import io.offerflow.replay.journal.PartitionSnapshot;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayPreconditionException;
import io.offerflow.replay.journal.ReplayStats;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Rebuilds the state of one partition from its journal entries. Halts where entries are missing or cannot be decoded.
 * Not safe for use by several threads.
 */
public final class PartitionFold implements AutoCloseable {

    private final ReplayBound bound;
    private final JournalDecoder decoder;
    private final GapDetector gaps;
    private final StateTable table;
    private FoldPosition position;
    private boolean offerIsPastBound;
    private long entries;

    /** Receives each entry while it is applied. */
    public interface EntryListener {
        /** An entry of an offer, with the state before and after it. */
        void entry(JournalRecord record, DecodedEntry.OfferEntry entry, OfferState before, OfferState after);

        /** An input that could not be read. */
        default void unreadable(JournalEntry entry) {
            // it changes no state
        }
    }

    /**
     * A fold without entries so far.
     *
     * @param snapshot with which it begins; empty for the beginning of the journal
     * @param spill folder for state on disk
     * @param memory limit in bytes
     * @throws ReplayPreconditionException if the snapshot is damaged
     */
    public PartitionFold(SchemaRegistry registry, ReplayBound bound, Optional<PartitionSnapshot> snapshot, Path spill,
            long memory) {
        this.decoder = new JournalDecoder(registry);
        this.bound = bound;
        this.position = snapshot.map(PartitionSnapshot::position).orElse(FoldPosition.BEGINNING);
        this.gaps = new GapDetector(position);
        this.table = new StateTable(spill, memory, snapshot);
        position.policy().ifPresent(table::policy);
    }

    /** Applies the next record; returns false if it and all later ones are past the bound. */
    public boolean add(JournalRecord record, EntryListener listener) {
        if (bound instanceof ReplayBound.AtEntries entry
                && record.offset() > entry.offsets().getOrDefault(record.partition(), -1L)) {
            return false;
        }
        DecodedEntry decoded = decoder.decode(record);
        gaps.check(record, decoded.avro());
        entries++;
        switch (decoded) {
            case DecodedEntry.OfferEntry entry -> add(record, entry, listener);
            case DecodedEntry.PolicyEntry policy -> {
                if (!isPastBound(policy)) {
                    table.policy(policy.avro().getPolicy());
                }
            }
            case DecodedEntry.PositionEntry moved -> { }
            case DecodedEntry.QuarantineEntry unread -> listener.unreadable(unread.avro());
        }
        position = position.after(record, decoded);
        return true;
    }

    /** Whether a record is an entry of an offer. */
    public static boolean concerns(JournalRecord record, byte[] offer) {
        return record.key().filter(key -> Arrays.equals(key, offer)).isPresent();
    }

    /**
     * Applies the next record of one offer, when the records of others are skipped; returns false if it and all later
     * ones of the offer are past the bound.
     */
    public boolean addOnly(JournalRecord record, EntryListener listener) {
        gaps.allowUnreadEntries();
        return add(record, listener) && !offerIsPastBound;
    }

    private void add(JournalRecord record, DecodedEntry.OfferEntry decoded, EntryListener listener) {
        offerIsPastBound = isPastBound(decoded);
        if (offerIsPastBound) {
            return;
        }
        Entry entry = decoded.entry();
        OfferState before = table.load(decoded.offer());
        gaps.check(record, before.header(), entry);
        OfferState after = OfferEvolver.apply(before, entry);
        listener.entry(record, decoded, before, after);
        table.store(before, after, record.value().map(value -> value.length).orElse(0));
    }

    /** An offer's clock never runs backwards, so all later entries are past the bound, too. */
    private boolean isPastBound(DecodedEntry decoded) {
        return bound instanceof ReplayBound.AtInstant at && decoded.avro().getNow().isAfter(at.instant());
    }

    /** The policy with this id, if an entry before recorded it. */
    public Optional<Policy> policy(String id) {
        return Optional.ofNullable(position.policies().get(id));
    }

    /** How far the fold has come. */
    FoldPosition position() {
        return position;
    }

    public OfferState state(OfferKey offer) {
        return table.load(offer);
    }

    void visit(StateVisitor visitor) {
        table.visit(visitor);
    }

    public ReplayStats stats() {
        return new ReplayStats(entries, table.offers(), table.peakBytes(), table.spilled() ? 1 : 0);
    }

    @Override
    public void close() {
        table.close();
    }
}
