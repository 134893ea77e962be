package io.offerflow.bench.peer;

import io.offerflow.codec.StateCodec;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.AudienceRevision;
import io.offerflow.domain.state.row.PendingImport;
import io.offerflow.domain.state.row.PlanAudience;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One offer while a batch is decided: its facts and rows as the database had them, and over them what the batch has
 * changed so far. What the batch was not prepared for is read on its own.
 */
final class StoredOffer implements StateRows.RowReader {

    /** Reads what was not brought along. */
    interface Database {
        Optional<byte[]> row(byte[] offer, RowKey key);

        /** Ids of a generation's members after one, in order, at most so many. */
        List<String> members(byte[] offer, String planId, long generation, String after, int most);
    }

    private final OfferKey key;
    private final byte[] id;
    private final int partition;
    private final StateCodec codec;
    private final Database database;
    private OfferHeader stored = OfferHeader.NONE;
    private final Map<RowKey, Optional<byte[]>> rows = new HashMap<>();
    private final Map<RowKey, Optional<StateRow>> changed = new LinkedHashMap<>();
    private Map<String, Long> generations = Map.of();
    private OfferHeader facts = OfferHeader.NONE;

    StoredOffer(OfferKey key, int partition, StateCodec codec, Database database) {
        this.key = key;
        this.id = StateCodec.key(key);
        this.partition = partition;
        this.codec = codec;
        this.database = database;
    }

    /** Its facts were found. */
    void found(byte[] bytes) {
        stored = codec.decodeHeader(bytes);
        facts = stored;
    }

    /** A row that was looked for, and perhaps found. */
    void found(RowKey row, Optional<byte[]> value) {
        rows.put(row, value);
    }

    boolean isNotLookedFor(RowKey row) {
        return !rows.containsKey(row);
    }

    /** Everything that is always brought along is there now; generations of audiences are known from here on. */
    void brought() {
        Map<String, Long> known = new HashMap<>();
        state().audiences().plans().forEach((planId, audience) -> known.put(planId, audience.generations()));
        generations = known;
    }

    /** The generations of a plan's audience of which the database may have members. */
    List<Long> generations(String planId) {
        PlanAudience audience = state().audience(planId);
        return Stream.concat(audience.revisions().stream().map(AudienceRevision::generation),
                audience.staged().map(PendingImport::generation).stream()).distinct().toList();
    }

    /** The offer as it stands after what was taken so far. */
    OfferState state() {
        return new OfferState(key, facts, StateRows.of(this));
    }

    /** An entry was applied. */
    void changed(OfferState after) {
        facts = after.header();
        changed.putAll(after.rows().changes());
    }

    /** Number of the partition that all its inputs lie in. */
    int partition() {
        return partition;
    }

    byte[] id() {
        return id;
    }

    OfferHeader before() {
        return stored;
    }

    OfferHeader facts() {
        return facts;
    }

    /** The facts to be written, if they are others than those that were read. */
    Optional<byte[]> newFacts() {
        return facts.sequence() == stored.sequence() ? Optional.empty() : Optional.of(codec.encode(facts));
    }

    /** The rows to be written, or deleted where there is nothing. */
    Map<RowKey, Optional<byte[]>> newRows() {
        Map<RowKey, Optional<byte[]>> written = new LinkedHashMap<>();
        changed.forEach((row, value) -> written.put(row, value.map(codec::encode)));
        return written;
    }

    @Override
    public Optional<StateRow> read(RowKey row) {
        Optional<StateRow> now = changed.get(row);
        if (now != null) {
            return now;
        }
        Optional<byte[]> bytes = rows.get(row);
        if (bytes == null) {
            bytes = isBroughtAlong(row) ? Optional.empty() : database.row(id, row);
            rows.put(row, bytes);
        }
        return bytes.map(value -> codec.decodeRow(row, value));
    }

    /** Whether it would have been found already if there were one. */
    private boolean isBroughtAlong(RowKey row) {
        return switch (row) {
            case RowKey.CustomerKey customer -> false;
            case RowKey.AudienceMemberKey member -> member.generation() > generations.getOrDefault(member.planId(), 0L);
            default -> true;
        };
    }

    @Override
    public List<String> members(String planId, long generation, String after, int most) {
        TreeSet<String> found = new TreeSet<>();
        String from = after;
        boolean more = true;
        while (more && found.size() < most) {
            List<String> lying = database.members(id, planId, generation, from, most);
            lying.stream().filter(member -> !isDeleted(new RowKey.AudienceMemberKey(planId, generation, member))).forEach(found::add);
            more = lying.size() == most;
            from = lying.isEmpty() ? from : lying.getLast();
        }
        String end = from;
        boolean whole = !more;
        changed.forEach((row, value) -> {
            if (value.isPresent() && row instanceof RowKey.AudienceMemberKey member && member.generation() == generation
                    && member.planId().equals(planId) && member.id().compareTo(after) > 0
                    && (whole || member.id().compareTo(end) <= 0)) {
                found.add(member.id());
            }
        });
        return found.stream().limit(most).toList();
    }

    private boolean isDeleted(RowKey.AudienceMemberKey member) {
        Optional<StateRow> now = changed.get(member);
        return now != null && now.isEmpty();
    }
}
