package io.offerflow.domain.state;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The rows of one offer: those that lie in a store, and over them what has been changed since. Never changes itself. */
public final class Rows {

    /** Where the rows lie. */
    @FunctionalInterface
    public interface Reader {
        Optional<Row> read(Row.Key key);

        /** Ids of a generation's members that come after one in the order of text, at most so many, in that order. */
        default List<String> members(String planId, long generation, String after, int most) {
            throw new UnsupportedOperationException("these rows are for looking at, not for applying entries");
        }
    }

    private final Reader stored;
    private final Map<Row.Key, Optional<Row>> changes;

    private Rows(Reader stored, Map<Row.Key, Optional<Row>> changes) {
        this.stored = stored;
        this.changes = changes;
    }

    /** Rows as they lie in a store; nothing is read until it is asked for. */
    public static Rows of(Reader stored) {
        return new Rows(stored, Map.of());
    }

    /** Rows in memory. */
    public static Rows of(Map<Row.Key, Row> stored) {
        return of(new Reader() {
            @Override
            public Optional<Row> read(Row.Key key) {
                return Optional.ofNullable(stored.get(key));
            }

            @Override
            public List<String> members(String planId, long generation, String after, int most) {
                return Rows.members(stored.keySet(), planId, generation, after).sorted().limit(most).toList();
            }
        });
    }

    public Optional<Row> read(Row.Key key) {
        Optional<Row> changed = changes.get(key);
        return changed == null ? stored.read(key) : changed;
    }

    /** The row with this key as the type it must have; empty if there is none. */
    public <R extends Row> Optional<R> read(Row.Key key, Class<R> type) {
        return read(key).filter(type::isInstance).map(type::cast);
    }

    /** Ids of a generation's members that come after one in the order of text, at most so many, in that order. */
    List<String> members(String planId, long generation, String after, int most) {
        SortedSet<String> found = new TreeSet<>();
        String from = after;
        boolean more = true;
        while (more && found.size() < most) {
            List<String> lying = stored.members(planId, generation, from, most);
            lying.stream().filter(id -> read(new Row.MemberKey(planId, generation, id)).isPresent()).forEach(found::add);
            more = lying.size() == most;
            from = lying.isEmpty() ? from : lying.getLast();
        }
        String end = from;
        boolean whole = !more;
        members(changes.keySet(), planId, generation, after).filter(id -> whole || id.compareTo(end) <= 0)
                .filter(id -> read(new Row.MemberKey(planId, generation, id)).isPresent()).forEach(found::add);
        return found.stream().limit(most).toList();
    }

    private static Stream<String> members(Collection<Row.Key> keys, String planId, long generation, String after) {
        return keys.stream().filter(Row.MemberKey.class::isInstance).map(Row.MemberKey.class::cast)
                .filter(key -> key.generation() == generation && key.planId().equals(planId))
                .map(Row.MemberKey::id).filter(id -> id.compareTo(after) > 0);
    }

    /** What has been changed: a row that is to be written, or nothing where one is to be deleted. */
    public Map<Row.Key, Optional<Row>> changes() {
        return Collections.unmodifiableMap(changes);
    }

    Rows put(Row.Key key, Row row) {
        return with(key, Optional.of(row));
    }

    Rows putAll(Map<? extends Row.Key, ? extends Row> rows) {
        Map<Row.Key, Optional<Row>> more = new LinkedHashMap<>(changes);
        rows.forEach((key, row) -> more.put(key, Optional.of(row)));
        return new Rows(stored, more);
    }

    Rows deleteAll(Collection<? extends Row.Key> keys) {
        Map<Row.Key, Optional<Row>> more = new LinkedHashMap<>(changes);
        keys.forEach(key -> more.put(key, Optional.empty()));
        return new Rows(stored, more);
    }

    Rows delete(Row.Key key) {
        return with(key, Optional.empty());
    }

    private Rows with(Row.Key key, Optional<Row> row) {
        Map<Row.Key, Optional<Row>> more = new LinkedHashMap<>(changes);
        more.put(key, row);
        return new Rows(stored, more);
    }
}
