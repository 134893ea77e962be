package io.offerflow.replay.fold;

import io.offerflow.codec.StateCodec;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import io.offerflow.replay.journal.PartitionSnapshot;
import io.offerflow.replay.journal.ReplayPreconditionException;
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
 * The offers of one partition: objects in memory up to a limit, and a {@link SpillStore} for the least recently used
 * offers beyond it. Not safe for use by several threads.
 */
public final class StateTable implements AutoCloseable {

    private final Path folder;
    private final long maxBytes;
    private final StateCodec codec = new StateCodec();
    private final LinkedHashMap<OfferKey, CachedOffer> cached = new LinkedHashMap<>(64, 0.75f, true);
    private Optional<SpillStore> spill;
    private boolean exceeded;
    private Optional<byte[]> policy = Optional.empty();
    private long bytes;
    private long peakBytes;
    private long offers;

    /**
     * An empty table.
     *
     * @param folder folder for spilled offers; created when it is needed, deleted with the table
     * @param maxBytes memory limit in bytes, compared with a conservative estimate
     */
    public StateTable(Path folder, long maxBytes) {
        this(folder, maxBytes, Optional.empty());
    }

    /**
     * A table with the offers of a snapshot, if there is one; they are on disk until they are used.
     *
     * @throws ReplayPreconditionException if the snapshot is damaged
     */
    public StateTable(Path folder, long maxBytes, Optional<PartitionSnapshot> snapshot) {
        this.folder = folder;
        this.maxBytes = maxBytes;
        this.spill = snapshot.map(found -> SpillStore.of(folder, found));
        this.offers = snapshot.map(PartitionSnapshot::offers).orElse(0L);
    }

    /** The present state of an offer; one without entries has an empty header. */
    public OfferState load(OfferKey key) {
        CachedOffer offer = cached(key);
        return new OfferState(key, offer.header, StateRows.of(new TableRows(key, offer)));
    }

    /**
     * Stores the changes of a new state.
     *
     * @param size of the journal entry in bytes, the estimate for the size of a changed row
     */
    public void store(OfferState before, OfferState after, int size) {
        CachedOffer offer = cached(after.key());
        long old = offer.bytes;
        if (after.header().sequence() != before.header().sequence()) {
            offers += offer.header.sequence() == 0 ? 1 : 0;
            offer.header = after.header();
            offer.dirty = true;
        }
        after.rows().changes().forEach((row, value) -> offer.put(row, value, size));
        bytes += offer.bytes - old;
        peakBytes = Math.max(peakBytes, bytes);
        evict();
    }

    void policy(String id) {
        policy = Optional.of(codec.encodePolicy(id));
    }

    /** Number of offers. */
    long offers() {
        return offers;
    }

    /** Largest estimated memory so far, in bytes. */
    long peakBytes() {
        return peakBytes;
    }

    /** Whether the offers in use have exceeded the memory limit. */
    boolean spilled() {
        return exceeded;
    }

    private CachedOffer cached(OfferKey key) {
        CachedOffer found = cached.get(key);
        if (found == null) {
            Optional<byte[]> header = spill.flatMap(disk -> disk.header(StateCodec.key(key)));
            found = new CachedOffer(header.map(codec::decodeHeader).orElse(OfferHeader.NONE), spill.isEmpty());
            cached.put(key, found);
            bytes += found.bytes;
        }
        return found;
    }

    private Optional<StateRow> row(OfferKey key, CachedOffer offer, RowKey row) {
        CachedRow found = offer.rows.get(row);
        if (found != null) {
            return found.row();
        }
        if (offer.complete) {
            return Optional.empty();
        }
        return spill.flatMap(disk -> disk.row(StateCodec.key(StateCodec.key(key), row))).map(stored -> {
            StateRow value = codec.decodeRow(row, stored);
            long old = offer.bytes;
            offer.cache(row, new CachedRow(Optional.of(value), CachedRow.estimate(stored.length), false));
            bytes += offer.bytes - old;
            return value;
        });
    }

    /** Ids of the members after one; a spilled offer is written first, because the disk has the order of ids. */
    private List<String> members(OfferKey key, CachedOffer offer, RowKey.AudienceMemberKey after, int limit) {
        if (offer.complete) {
            return offer.members(after).tailSet(after.id(), false).stream().limit(limit).toList();
        }
        write(key, offer);
        return spill.orElseThrow().ids(StateCodec.members(StateCodec.key(key), after.planId(), after.generation(),
                after.id()), limit);
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
        public List<String> members(String planId, long generation, String after, int limit) {
            return StateTable.this.members(key, offer, new RowKey.AudienceMemberKey(planId, generation, after), limit);
        }
    }

    private void evict() {
        while (bytes > maxBytes && !cached.isEmpty()) {
            exceeded = true;
            Iterator<Map.Entry<OfferKey, CachedOffer>> oldest = cached.entrySet().iterator();
            Map.Entry<OfferKey, CachedOffer> evicted = oldest.next();
            write(evicted.getKey(), evicted.getValue());
            bytes -= evicted.getValue().bytes;
            oldest.remove();
        }
    }

    private void write(OfferKey key, CachedOffer offer) {
        SpillStore disk = spill.orElseGet(() -> new SpillStore(folder));
        spill = Optional.of(disk);
        byte[] id = StateCodec.key(key);
        offer.complete = false; // from now on a deleted row has to be deleted on disk, too
        if (offer.dirty) {
            disk.putHeader(id, codec.encode(offer.header));
            offer.dirty = false;
        }
        offer.rows.replaceAll((row, cachedRow) -> {
            if (cachedRow.dirty()) {
                byte[] rowKey = StateCodec.key(id, row);
                cachedRow.row().ifPresentOrElse(value -> disk.putRow(rowKey, codec.encode(value)),
                        () -> disk.deleteRow(rowKey));
            }
            return cachedRow.clean();
        });
    }

    /** Passes every entry to the visitor, in key order. */
    void visit(StateVisitor visitor) {
        policy.ifPresent(value -> visitor.policy(StateCodec.POLICY, value));
        if (spill.isPresent()) {
            cached.forEach(this::write);
            spill.get().visit(visitor);
            return;
        }
        List<Map.Entry<byte[], CachedOffer>> sorted = cached.entrySet().stream()
                .map(offer -> Map.entry(StateCodec.key(offer.getKey()), offer.getValue()))
                .sorted((one, other) -> Arrays.compareUnsigned(one.getKey(), other.getKey())).toList();
        sorted.forEach(offer -> visit(offer.getKey(), offer.getValue(), visitor));
    }

    private void visit(byte[] id, CachedOffer offer, StateVisitor visitor) {
        if (offer.header.sequence() > 0) {
            visitor.offer(id, codec.encode(offer.header));
        }
        Map<byte[], RowKey> keys = new TreeMap<>(Arrays::compareUnsigned);
        offer.rows.forEach((row, cachedRow) ->
                cachedRow.row().ifPresent(value -> keys.put(StateCodec.key(id, row), row)));
        keys.forEach((key, row) -> visitor.row(id, row, key, codec.encode(offer.rows.get(row).row().orElseThrow())));
    }

    @Override
    public void close() {
        spill.ifPresent(SpillStore::close);
    }

    /** A row in memory; an empty one was deleted, and the deletion is not yet on disk. */
    private record CachedRow(Optional<StateRow> row, int bytes, boolean dirty) {

        private static final int OVERHEAD = 300;
        private static final int OBJECTS_PER_BYTE = 4;

        static int estimate(int encodedBytes) {
            return OVERHEAD + OBJECTS_PER_BYTE * encodedBytes;
        }

        CachedRow clean() {
            return new CachedRow(row, bytes, false);
        }
    }

    /** An offer in memory. */
    private static final class CachedOffer {

        private static final int HEADER_BYTES = 3_000;

        private final Map<RowKey, CachedRow> rows = new HashMap<>(8);
        private final Map<RowKey.AudienceMemberKey, NavigableSet<String>> members = new HashMap<>(0);
        /** Whether all rows are in memory and none is on disk. */
        private boolean complete;
        private OfferHeader header;
        private boolean dirty;
        private long bytes = HEADER_BYTES;

        CachedOffer(OfferHeader header, boolean complete) {
            this.header = header;
            this.complete = complete;
        }

        void put(RowKey key, Optional<StateRow> row, int size) {
            if (row.isEmpty() && complete) {
                CachedRow old = rows.remove(key);
                if (key instanceof RowKey.AudienceMemberKey member) {
                    members(member).remove(member.id());
                }
                bytes -= old == null ? 0 : old.bytes();
            } else {
                cache(key, new CachedRow(row, CachedRow.estimate(row.isEmpty() ? 0 : size), true));
            }
        }

        /** Ids of the members of one generation. */
        NavigableSet<String> members(RowKey.AudienceMemberKey member) {
            return members.computeIfAbsent(new RowKey.AudienceMemberKey(member.planId(), member.generation(), ""),
                    first -> new TreeSet<>());
        }

        void cache(RowKey key, CachedRow row) {
            if (complete && key instanceof RowKey.AudienceMemberKey member) {
                members(member).add(member.id());
            }
            CachedRow old = rows.put(key, row);
            bytes += row.bytes() - (old == null ? 0 : old.bytes());
        }
    }
}
