package io.offerflow.bench.peer;

import io.offerflow.codec.StateCodec;
import io.offerflow.domain.OfferKey;
import io.offerflow.domain.state.Audience;
import io.offerflow.domain.state.OfferFacts;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Row;
import io.offerflow.domain.state.Rows;
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
final class StoredOffer implements Rows.Reader {

    /** Reads what was not brought along. */
    interface Database {
        Optional<byte[]> row(byte[] offer, Row.Key key);

        /** Ids of a generation's members after one, in order, at most so many. */
        List<String> members(byte[] offer, String planId, long generation, String after, int most);
    }

    private final OfferKey key;
    private final byte[] id;
    private final int partition;
    private final StateCodec codec;
    private final Database database;
    private OfferFacts stored = OfferFacts.NONE;
    private final Map<Row.Key, Optional<byte[]>> rows = new HashMap<>();
    private final Map<Row.Key, Optional<Row>> changed = new LinkedHashMap<>();
    private Map<String, Long> generations = Map.of();
    private OfferFacts facts = OfferFacts.NONE;

    StoredOffer(OfferKey key, int partition, StateCodec codec, Database database) {
        this.key = key;
        this.id = StateCodec.key(key);
        this.partition = partition;
        this.codec = codec;
        this.database = database;
    }

    /** Its facts were found. */
    void found(byte[] bytes) {
        stored = codec.decodeFacts(bytes);
        facts = stored;
    }

    /** A row that was looked for, and perhaps found. */
    void found(Row.Key row, Optional<byte[]> value) {
        rows.put(row, value);
    }

    boolean isNotLookedFor(Row.Key row) {
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
        Audience audience = state().audience(planId);
        return Stream.concat(audience.stamps().stream().map(Audience.Stamp::generation),
                audience.staged().map(Audience.Staged::generation).stream()).distinct().toList();
    }

    /** The offer as it stands after what was taken so far. */
    OfferState state() {
        return new OfferState(key, facts, Rows.of(this));
    }

    /** An entry was applied. */
    void changed(OfferState after) {
        facts = after.facts();
        changed.putAll(after.rows().changes());
    }

    /** Number of the partition that all its inputs lie in. */
    int partition() {
        return partition;
    }

    byte[] id() {
        return id;
    }

    OfferFacts before() {
        return stored;
    }

    OfferFacts facts() {
        return facts;
    }

    /** The facts to be written, if they are others than those that were read. */
    Optional<byte[]> newFacts() {
        return facts.sequence() == stored.sequence() ? Optional.empty() : Optional.of(codec.encode(facts));
    }

    /** The rows to be written, or deleted where there is nothing. */
    Map<Row.Key, Optional<byte[]>> newRows() {
        Map<Row.Key, Optional<byte[]>> written = new LinkedHashMap<>();
        changed.forEach((row, value) -> written.put(row, value.map(codec::encode)));
        return written;
    }

    @Override
    public Optional<Row> read(Row.Key row) {
        Optional<Row> now = changed.get(row);
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
    private boolean isBroughtAlong(Row.Key row) {
        return switch (row) {
            case Row.CustomerKey customer -> false;
            case Row.MemberKey member -> member.generation() > generations.getOrDefault(member.planId(), 0L);
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
            lying.stream().filter(member -> !isDeleted(new Row.MemberKey(planId, generation, member))).forEach(found::add);
            more = lying.size() == most;
            from = lying.isEmpty() ? from : lying.getLast();
        }
        String end = from;
        boolean whole = !more;
        changed.forEach((row, value) -> {
            if (value.isPresent() && row instanceof Row.MemberKey member && member.generation() == generation
                    && member.planId().equals(planId) && member.id().compareTo(after) > 0
                    && (whole || member.id().compareTo(end) <= 0)) {
                found.add(member.id());
            }
        });
        return found.stream().limit(most).toList();
    }

    private boolean isDeleted(Row.MemberKey member) {
        Optional<Row> now = changed.get(member);
        return now != null && now.isEmpty();
    }
}
