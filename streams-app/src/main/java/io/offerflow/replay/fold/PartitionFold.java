package io.offerflow.replay.fold;

import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferState;
import io.offerflow.replay.journal.DecodedEntry;
import io.offerflow.replay.journal.GapDetector;
import io.offerflow.replay.journal.JournalDecoder;
import io.offerflow.replay.journal.JournalRecord;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayStats;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the state of one partition anew from nothing but the lines of its journal. Stops where something is missing or
 * not understood. Not safe for use by several threads.
 */
public final class PartitionFold implements AutoCloseable {

    private final ReplayBound until;
    private final JournalDecoder reader;
    private final GapDetector continuity = new GapDetector();
    private final StateTable table;
    private final Map<String, Policy> policies = new HashMap<>();
    private long entries;
    private long unread;

    /** Looks on while a state is made. */
    public interface EntryListener {
        /** An offer's entry, between the state before it and the state after it. */
        void entry(JournalRecord record, DecodedEntry.OfferEntry line, OfferState before, OfferState after);
    }

    public PartitionFold(SchemaRegistry registry, ReplayBound until, Path spill, long memory) {
        this.reader = new JournalDecoder(registry);
        this.until = until;
        this.table = new StateTable(spill, memory);
    }

    /** Takes the next record; false if no later one can matter. */
    public boolean add(JournalRecord record, EntryListener onlooker) {
        if (until instanceof ReplayBound.AtEntries only
                && record.offset() > only.offsets().getOrDefault(record.partition(), -1L)) {
            return false;
        }
        DecodedEntry line = reader.read(record);
        continuity.check(record, line.written());
        entries++;
        switch (line) {
            case DecodedEntry.OfferEntry entry -> add(record, entry, onlooker);
            case DecodedEntry.PolicyEntry policy -> {
                policies.put(policy.written().getPolicy(), policy.policy());
                if (!(until instanceof ReplayBound.AtInstant at) || !policy.written().getNow().isAfter(at.instant())) {
                    table.policy(policy.written().getPolicy());
                }
            }
            case DecodedEntry.QuarantineEntry noOffer -> unread++;
        }
        return true;
    }

    /** Whether a record is an entry of an offer; others need not be read to know that one offer. */
    public static boolean concerns(JournalRecord record, byte[] offer) {
        return record.key().filter(key -> Arrays.equals(key, offer)).isPresent();
    }

    /** Takes the next record of one offer, where those of others are passed over. */
    public boolean addOnly(JournalRecord record, EntryListener onlooker) {
        continuity.partial();
        return add(record, onlooker);
    }

    private void add(JournalRecord record, DecodedEntry.OfferEntry line, EntryListener onlooker) {
        if (isOver(line)) {
            return;
        }
        Entry entry = line.entry();
        OfferState before = table.load(line.offer());
        continuity.check(record, before.header(), entry);
        OfferState after = OfferEvolver.apply(before, entry);
        onlooker.entry(record, line, before, after);
        table.store(before, after, record.value().map(value -> value.length).orElse(0));
    }

    /** An offer's clock never runs back, so once it is over it stays over. */
    private boolean isOver(DecodedEntry.OfferEntry line) {
        return until instanceof ReplayBound.AtInstant at && line.entry().clock().isAfter(at.instant());
    }

    /** The policy that an entry names, if the journal has said before what it is. */
    public Optional<Policy> policy(String id) {
        return Optional.ofNullable(policies.get(id));
    }

    /** Offset of the newest input of each topic that the journal has. */
    Map<String, Long> inputs() {
        return continuity.inputs();
    }

    /** Inputs that could not be read. */
    public long unread() {
        return unread;
    }

    public OfferState state(OfferKey offer) {
        return table.load(offer);
    }

    void visit(StateVisitor visitor) {
        table.visit(visitor);
    }

    public ReplayStats totals() {
        return new ReplayStats(entries, table.offers(), table.heaviest(), table.spilled() ? 1 : 0);
    }

    @Override
    public void close() {
        table.close();
    }
}
