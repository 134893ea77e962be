package io.offerflow.replay.fold;

import io.offerflow.codec.StateCodec;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The offers of one partition: as objects while they fit into the memory that is allowed, and those that were not
 * touched for longest on disk beyond that. Not safe for use by several threads.
 */
public final class StateTable implements AutoCloseable {

    private final Path folder;
    private final long most;
    private final StateCodec codec = new StateCodec();
    private final LinkedHashMap<OfferKey, CachedOffer> held = new LinkedHashMap<>(64, 0.75f, true);
    private Optional<SpillStore> spill = Optional.empty();
    private Optional<byte[]> policy = Optional.empty();
    private long weight;
    private long heaviest;
    private long offers;

    /**
     * A table without offers.
     *
     * @param folder a new folder for what does not fit; made when it is needed, deleted with the table
     * @param most bytes of memory, by a cautious estimate
     */
    public StateTable(Path folder, long most) {
        this.folder = folder;
        this.most = most;
    }

    /** The offer as it stands; one that never was has no facts. */
    public OfferState load(OfferKey key) {
        CachedOffer offer = held(key);
        return new OfferState(key, offer.facts, StateRows.of(new TableRows(key, offer)));
    }

    /**
     * Takes over what a new state changes.
     *
     * @param size of what the change was made of, in bytes: what was written cannot be much larger
     */
    public void store(OfferState before, OfferState after, int size) {
        CachedOffer offer = held(after.key());
        long old = offer.weight;
        if (after.header().sequence() != before.header().sequence()) {
            offers += offer.facts.sequence() == 0 ? 1 : 0;
            offer.facts = after.header();
            offer.changed = true;
        }
        after.rows().changes().forEach((row, value) -> offer.put(row, value, size));
        weight += offer.weight - old;
        heaviest = Math.max(heaviest, weight);
        makeRoom();
    }

    void policy(String id) {
        policy = Optional.of(codec.encodePolicy(id));
    }

    /** How many offers there are. */
    long offers() {
        return offers;
    }

    /** Most memory that was held at a time, in bytes, as estimated. */
    long heaviest() {
        return heaviest;
    }

    boolean spilled() {
        return spill.isPresent();
    }

    private CachedOffer held(OfferKey key) {
        CachedOffer found = held.get(key);
        if (found == null) {
            Optional<byte[]> facts = spill.flatMap(disk -> disk.facts(StateCodec.key(key)));
            found = new CachedOffer(facts.map(codec::decodeHeader).orElse(OfferHeader.NONE), spill.isEmpty());
            held.put(key, found);
            weight += found.weight;
        }
        return found;
    }

    private Optional<StateRow> row(OfferKey key, CachedOffer offer, RowKey row) {
        CachedRow slot = offer.rows.get(row);
        if (slot != null) {
            return slot.row();
        }
        if (offer.whole) {
            return Optional.empty();
        }
        Optional<byte[]> stored = spill.flatMap(disk -> disk.row(StateCodec.key(StateCodec.key(key), row)));
        stored.ifPresent(bytes -> {
            long old = offer.weight;
            offer.hold(row, new CachedRow(Optional.of(codec.decodeRow(row, bytes)), CachedRow.weight(bytes.length), false));
            weight += offer.weight - old;
        });
        return stored.isEmpty() ? Optional.empty() : offer.rows.get(row).row();
    }

    /** Ids of members that come after one; an offer that the disk has something of is looked up there as a whole. */
    private List<String> members(OfferKey key, CachedOffer offer, RowKey.AudienceMemberKey after, int most) {
        if (offer.whole) {
            return offer.members(after).tailSet(after.id(), false).stream().limit(most).toList();
        }
        write(key, offer);
        return spill.orElseThrow().ids(StateCodec.members(StateCodec.key(key), after.planId(), after.generation(),
                after.id()), most);
    }

    /** The rows of one offer. */
    private final class TableRows implements StateRows.RowReader {

        private final OfferKey key;
        private final CachedOffer offer;

        TableRows(OfferKey key, CachedOffer offer) {
            this.key = key;
            this.offer = offer;
        }

        @Override
        public Optional<StateRow> read(RowKey row) {
            return row(key, offer, row);
        }

        @Override
        public List<String> members(String planId, long generation, String after, int most) {
            return StateTable.this.members(key, offer, new RowKey.AudienceMemberKey(planId, generation, after), most);
        }
    }

    private void makeRoom() {
        while (weight > most && !held.isEmpty()) {
            Iterator<Map.Entry<OfferKey, CachedOffer>> oldest = held.entrySet().iterator();
            Map.Entry<OfferKey, CachedOffer> leaving = oldest.next();
            write(leaving.getKey(), leaving.getValue());
            weight -= leaving.getValue().weight;
            oldest.remove();
        }
    }

    private void write(OfferKey key, CachedOffer offer) {
        SpillStore disk = spill.orElseGet(() -> new SpillStore(folder));
        spill = Optional.of(disk);
        byte[] id = StateCodec.key(key);
        if (offer.changed) {
            disk.putFacts(id, codec.encode(offer.facts));
            offer.changed = false;
        }
        offer.rows.replaceAll((row, slot) -> {
            if (slot.changed()) {
                byte[] rowKey = StateCodec.key(id, row);
                slot.row().ifPresentOrElse(value -> disk.putRow(rowKey, codec.encode(value)),
                        () -> disk.deleteRow(rowKey));
            }
            return slot.written();
        });
    }

    /** Shows everything in the order of the keys. */
    void visit(StateVisitor visitor) {
        policy.ifPresent(value -> visitor.policy(StateCodec.POLICY, value));
        if (spill.isPresent()) {
            held.forEach(this::write);
            spill.get().visit(visitor);
            return;
        }
        List<Map.Entry<byte[], CachedOffer>> sorted = held.entrySet().stream()
                .map(offer -> Map.entry(StateCodec.key(offer.getKey()), offer.getValue()))
                .sorted((one, other) -> Arrays.compareUnsigned(one.getKey(), other.getKey())).toList();
        sorted.forEach(offer -> visit(offer.getKey(), offer.getValue(), visitor));
    }

    private void visit(byte[] id, CachedOffer offer, StateVisitor visitor) {
        if (offer.facts.sequence() > 0) {
            visitor.offer(id, codec.encode(offer.facts));
        }
        Map<byte[], RowKey> keys = new TreeMap<>(Arrays::compareUnsigned);
        offer.rows.forEach((row, slot) -> slot.row().ifPresent(value -> keys.put(StateCodec.key(id, row), row)));
        keys.forEach((key, row) -> visitor.row(id, row, key, codec.encode(offer.rows.get(row).row().orElseThrow())));
    }

    @Override
    public void close() {
        spill.ifPresent(SpillStore::close);
    }

    /** A row in memory; none where it was deleted and the disk still has it. */
    private record CachedRow(Optional<StateRow> row, int weight, boolean changed) {

        private static final int OVERHEAD = 300;
        private static final int OBJECTS_PER_BYTE = 4;

        static int weight(int bytes) {
            return OVERHEAD + OBJECTS_PER_BYTE * bytes;
        }

        CachedRow written() {
            return new CachedRow(row, weight, false);
        }
    }

    /** An offer in memory. */
    private static final class CachedOffer {

        private static final int FACTS = 3_000;

        private final Map<RowKey, CachedRow> rows = new HashMap<>(8);
        private final Map<RowKey.AudienceMemberKey, NavigableSet<String>> members = new HashMap<>(0);
        private final boolean whole;
        private OfferHeader facts;
        private boolean changed;
        private long weight = FACTS;

        /** @param whole whether the disk has nothing of it */
        CachedOffer(OfferHeader facts, boolean whole) {
            this.facts = facts;
            this.whole = whole;
        }

        void put(RowKey key, Optional<StateRow> row, int size) {
            if (row.isEmpty() && whole) {
                CachedRow old = rows.remove(key);
                if (key instanceof RowKey.AudienceMemberKey member) {
                    members(member).remove(member.id());
                }
                weight -= old == null ? 0 : old.weight();
            } else {
                hold(key, new CachedRow(row, CachedRow.weight(row.isEmpty() ? 0 : size), true));
            }
        }

        /** Ids of the members of one generation. */
        NavigableSet<String> members(RowKey.AudienceMemberKey any) {
            return members.computeIfAbsent(new RowKey.AudienceMemberKey(any.planId(), any.generation(), ""),
                    first -> new TreeSet<>());
        }

        void hold(RowKey key, CachedRow slot) {
            if (whole && key instanceof RowKey.AudienceMemberKey member) {
                members(member).add(member.id());
            }
            CachedRow old = rows.put(key, slot);
            weight += slot.weight() - (old == null ? 0 : old.weight());
        }
    }
}
