package io.offerflow.domain.state;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The rows of one offer: those that lie in a store, and over them what has been changed since. Never changes itself. */
public final class Rows {

    /** Where the rows lie. */
    @FunctionalInterface
    public interface Reader {
        Optional<Row> read(Row.Key key);
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

    public Optional<Row> read(Row.Key key) {
        Optional<Row> changed = changes.get(key);
        return changed == null ? stored.read(key) : changed;
    }

    /** The row with this key as the type it must have; empty if there is none. */
    public <R extends Row> Optional<R> read(Row.Key key, Class<R> type) {
        return read(key).filter(type::isInstance).map(type::cast);
    }

    /** What has been changed: a row that is to be written, or nothing where one is to be deleted. */
    public Map<Row.Key, Optional<Row>> changes() {
        return Collections.unmodifiableMap(changes);
    }

    Rows put(Row.Key key, Row row) {
        return with(key, Optional.of(row));
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
