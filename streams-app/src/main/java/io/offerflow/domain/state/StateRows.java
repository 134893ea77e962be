package io.offerflow.domain.state;

import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The rows of one offer: those in a store, overlaid with changes. Immutable. */
public final class StateRows {

    /** Reads stored rows. */
    @FunctionalInterface
    public interface RowReader {
        Optional<StateRow> read(RowKey key);

        /** Ids of the members of a generation after an id, in the order of text, at most {@code limit}. */
        default List<String> members(String planId, long generation, String after, int limit) {
            throw new UnsupportedOperationException("these rows can be read, but entries cannot be applied to them");
        }
    }

    private final RowReader stored;
    private final Map<RowKey, Optional<StateRow>> changes;

    private StateRows(RowReader stored, Map<RowKey, Optional<StateRow>> changes) {
        this.stored = stored;
        this.changes = changes;
    }

    /** Rows of a store, read on demand. */
    public static StateRows of(RowReader stored) {
        return new StateRows(stored, Map.of());
    }

    /** Rows in memory. */
    public static StateRows of(Map<RowKey, StateRow> stored) {
        return of(new RowReader() {
            @Override
            public Optional<StateRow> read(RowKey key) {
                return Optional.ofNullable(stored.get(key));
            }

            @Override
            public List<String> members(String planId, long generation, String after, int limit) {
                return StateRows.members(stored.keySet(), planId, generation, after).sorted().limit(limit).toList();
            }
        });
    }

    public Optional<StateRow> read(RowKey key) {
        Optional<StateRow> changed = changes.get(key);
        return changed == null ? stored.read(key) : changed;
    }

    /** The row with this key as the type it must have; empty if there is none. */
    public <R extends StateRow> Optional<R> read(RowKey key, Class<R> type) {
        return read(key).filter(type::isInstance).map(type::cast);
    }

    /** Ids of the members of a generation after an id, in the order of text, at most {@code limit}. */
    List<String> members(String planId, long generation, String after, int limit) {
        SortedSet<String> found = new TreeSet<>();
        String from = after;
        boolean more = true;
        while (more && found.size() < limit) {
            List<String> page = stored.members(planId, generation, from, limit);
            page.stream().filter(id -> read(new RowKey.AudienceMemberKey(planId, generation, id)).isPresent())
                    .forEach(found::add);
            more = page.size() == limit;
            from = page.isEmpty() ? from : page.getLast();
        }
        String end = from;
        boolean whole = !more;
        members(changes.keySet(), planId, generation, after).filter(id -> whole || id.compareTo(end) <= 0)
                .filter(id -> read(new RowKey.AudienceMemberKey(planId, generation, id)).isPresent())
                .forEach(found::add);
        return found.stream().limit(limit).toList();
    }

    private static Stream<String> members(Collection<RowKey> keys, String planId, long generation, String after) {
        return keys.stream().filter(RowKey.AudienceMemberKey.class::isInstance)
                .map(RowKey.AudienceMemberKey.class::cast)
                .filter(key -> key.generation() == generation && key.planId().equals(planId))
                .map(RowKey.AudienceMemberKey::id).filter(id -> id.compareTo(after) > 0);
    }

    /** The changes: rows to write, empty for rows to delete. */
    public Map<RowKey, Optional<StateRow>> changes() {
        return Collections.unmodifiableMap(changes);
    }

    StateRows put(RowKey key, StateRow row) {
        return with(key, Optional.of(row));
    }

    StateRows putAll(Map<? extends RowKey, ? extends StateRow> rows) {
        Map<RowKey, Optional<StateRow>> more = new LinkedHashMap<>(changes);
        rows.forEach((key, row) -> more.put(key, Optional.of(row)));
        return new StateRows(stored, more);
    }

    StateRows deleteAll(Collection<? extends RowKey> keys) {
        Map<RowKey, Optional<StateRow>> more = new LinkedHashMap<>(changes);
        keys.forEach(key -> more.put(key, Optional.empty()));
        return new StateRows(stored, more);
    }

    StateRows delete(RowKey key) {
        return with(key, Optional.empty());
    }

    private StateRows with(RowKey key, Optional<StateRow> row) {
        Map<RowKey, Optional<StateRow>> more = new LinkedHashMap<>(changes);
        more.put(key, row);
        return new StateRows(stored, more);
    }
}
