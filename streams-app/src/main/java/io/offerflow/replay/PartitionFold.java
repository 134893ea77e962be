package io.offerflow.replay;

import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.Entry;
import io.offerflow.domain.OfferKey;
import io.offerflow.domain.Policy;
import io.offerflow.domain.state.Evolution;
import io.offerflow.domain.state.OfferState;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the state of one partition anew from nothing but the lines of its journal. Stops where something is missing or
 * not understood. Not safe for use by several threads.
 */
final class PartitionFold implements AutoCloseable {

    private final Until until;
    private final LineReader reader;
    private final Continuity continuity = new Continuity();
    private final StateTable table;
    private final Map<String, Policy> policies = new HashMap<>();
    private long entries;
    private long unread;

    /** Looks on while a state is made. */
    interface Onlooker {
        /** An offer's entry, between the state before it and the state after it. */
        void entry(JournalRecord record, Line.OfOffer line, OfferState before, OfferState after);
    }

    PartitionFold(SchemaRegistry registry, Until until, Path spill, long memory) {
        this.reader = new LineReader(registry);
        this.until = until;
        this.table = new StateTable(spill, memory);
    }

    /** Takes the next record; false if no later one can matter. */
    boolean add(JournalRecord record, Onlooker onlooker) {
        if (until instanceof Until.Entries only
                && record.offset() > only.offsets().getOrDefault(record.partition(), -1L)) {
            return false;
        }
        Line line = reader.read(record);
        continuity.check(record, line.written());
        entries++;
        switch (line) {
            case Line.OfOffer entry -> add(record, entry, onlooker);
            case Line.OfPolicy policy -> {
                policies.put(policy.written().getPolicy(), policy.policy());
                if (!(until instanceof Until.At at) || !policy.written().getNow().isAfter(at.instant())) {
                    table.policy(policy.written().getPolicy());
                }
            }
            case Line.OfQuarantined noOffer -> unread++;
        }
        return true;
    }

    /** Whether a record is an entry of an offer; others need not be read to know that one offer. */
    static boolean concerns(JournalRecord record, byte[] offer) {
        return record.key().filter(key -> Arrays.equals(key, offer)).isPresent();
    }

    /** Takes the next record of one offer, where those of others are passed over. */
    boolean addOnly(JournalRecord record, Onlooker onlooker) {
        continuity.partial();
        return add(record, onlooker);
    }

    private void add(JournalRecord record, Line.OfOffer line, Onlooker onlooker) {
        if (isOver(line)) {
            return;
        }
        Entry entry = line.entry();
        OfferState before = table.load(line.offer());
        continuity.check(record, before.facts(), entry);
        OfferState after = Evolution.apply(before, entry);
        onlooker.entry(record, line, before, after);
        table.store(before, after, record.value().map(value -> value.length).orElse(0));
    }

    /** An offer's clock never runs back, so once it is over it stays over. */
    private boolean isOver(Line.OfOffer line) {
        return until instanceof Until.At at && line.entry().now().isAfter(at.instant());
    }

    /** The policy that an entry names, if the journal has said before what it is. */
    Optional<Policy> policy(String id) {
        return Optional.ofNullable(policies.get(id));
    }

    /** Offset of the newest input of each topic that the journal has. */
    Map<String, Long> inputs() {
        return continuity.inputs();
    }

    /** Inputs that could not be read. */
    long unread() {
        return unread;
    }

    OfferState state(OfferKey offer) {
        return table.load(offer);
    }

    void visit(StateVisitor visitor) {
        table.visit(visitor);
    }

    Totals totals() {
        return new Totals(entries, table.offers(), table.heaviest(), table.spilled() ? 1 : 0);
    }

    @Override
    public void close() {
        table.close();
    }
}
