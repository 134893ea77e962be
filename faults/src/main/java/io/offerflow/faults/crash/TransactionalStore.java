package io.offerflow.faults.crash;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A store in memory whose committed rows are those of its changelog: what a restore would read. The rows of the open
 * transaction are apart from them until it ends.
 */
final class TransactionalStore implements KeyValueStore<byte[], byte[]> {

    private final String name;
    private final Effects effects;
    private final NavigableMap<Bytes, byte[]> committed = new TreeMap<>();
    private final NavigableMap<Bytes, Optional<byte[]>> open = new TreeMap<>();

    TransactionalStore(String name, Effects effects) {
        this.name = name;
        this.effects = effects;
    }

    /** The open transaction is committed. */
    void commit() {
        open.forEach((key, value) -> value.ifPresentOrElse(row -> committed.put(key, row),
                () -> committed.remove(key)));
        open.clear();
    }

    /** The open transaction is aborted: the store is restored from its changelog. */
    void abort() {
        open.clear();
    }

    /** What the open transaction has written; an empty value is a deletion. */
    Map<Bytes, Optional<byte[]>> uncommitted() {
        return new TreeMap<>(open);
    }

    /** The committed rows. */
    NavigableMap<Bytes, byte[]> rows() {
        return committed;
    }

    @Override
    public byte[] get(byte[] key) {
        effects.next();
        return current(Bytes.wrap(key));
    }

    private byte[] current(Bytes key) {
        Optional<byte[]> written = open.get(key);
        return written == null ? committed.get(key) : written.orElse(null);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        effects.next();
        open.put(Bytes.wrap(key), Optional.ofNullable(value));
    }

    @Override
    public byte[] delete(byte[] key) {
        byte[] before = current(Bytes.wrap(key));
        put(key, null);
        return before;
    }

    @Override
    public byte[] putIfAbsent(byte[] key, byte[] value) {
        byte[] before = current(Bytes.wrap(key));
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<byte[], byte[]>> rows) {
        rows.forEach(row -> put(row.key, row.value));
    }

    @Override
    public KeyValueIterator<byte[], byte[]> range(byte[] from, byte[] to) {
        effects.next();
        NavigableMap<Bytes, byte[]> found =
                new TreeMap<>(committed.subMap(Bytes.wrap(from), true, Bytes.wrap(to), true));
        open.subMap(Bytes.wrap(from), true, Bytes.wrap(to), true).forEach((key, value) -> value.ifPresentOrElse(
                row -> found.put(key, row), () -> found.remove(key)));
        return new RowIterator(found.entrySet().iterator());
    }

    @Override
    public KeyValueIterator<byte[], byte[]> all() {
        throw new IllegalStateException("the processor never reads a whole store");
    }

    private static final class RowIterator implements KeyValueIterator<byte[], byte[]> {

        private final Iterator<Map.Entry<Bytes, byte[]>> rows;

        RowIterator(Iterator<Map.Entry<Bytes, byte[]>> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public KeyValue<byte[], byte[]> next() {
            Map.Entry<Bytes, byte[]> row = rows.next();
            return KeyValue.pair(row.getKey().get(), row.getValue());
        }

        @Override
        public byte[] peekNextKey() {
            throw new IllegalStateException("the processor never looks ahead");
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    @Override
    public long approximateNumEntries() {
        return committed.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> { });
    }

    @Override
    public void close() {
        open.clear();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }
}
