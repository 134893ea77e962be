package io.offerflow.topology;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** A RocksDB store that tells corrupt files from other failures: see {@link CheckedStores}. */
final class CheckedStore implements KeyValueStore<Bytes, byte[]> {

    private final KeyValueStore<Bytes, byte[]> store;
    private final CheckedStores stores;
    private StateStoreContext context;

    CheckedStore(KeyValueStore<Bytes, byte[]> store, CheckedStores stores) {
        this.store = store;
        this.stores = stores;
    }

    @Override
    public void init(StateStoreContext storeContext, StateStore root) {
        context = storeContext;
        stores.beforeOpening(context.taskId(), context.stateDir());
        try {
            store.init(storeContext, root);
        } catch (ProcessorStateException e) {
            if (noteCorruption(e)) {
                stores.beforeOpening(context.taskId(), context.stateDir());
            }
            throw e;
        }
    }

    private <T> T checked(Supplier<T> access) {
        try {
            return access.get();
        } catch (ProcessorStateException e) {
            noteCorruption(e);
            throw e;
        }
    }

    private boolean noteCorruption(ProcessorStateException e) {
        Optional<String> why = corruption(e);
        why.ifPresent(text -> stores.corrupt(context.taskId(), context.stateDir(), text));
        return why.isPresent();
    }

    /** What RocksDB says about corrupt files; empty if the failure is another one. */
    private static Optional<String> corruption(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .filter(RocksDBException.class::isInstance).map(RocksDBException.class::cast)
                .filter(cause -> Optional.ofNullable(cause.getStatus()).map(Status::getCode)
                        .filter(code -> code == Status.Code.Corruption).isPresent())
                .map(Throwable::getMessage).findFirst();
    }

    @Override
    public byte[] get(Bytes key) {
        return checked(() -> store.get(key));
    }

    @Override
    public void put(Bytes key, byte[] value) {
        checked(() -> {
            store.put(key, value);
            return null;
        });
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        return checked(() -> store.putIfAbsent(key, value));
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        checked(() -> {
            store.putAll(entries);
            return null;
        });
    }

    @Override
    public byte[] delete(Bytes key) {
        return checked(() -> store.delete(key));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return iterate(() -> store.range(from, to));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
        return iterate(() -> store.reverseRange(from, to));
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return iterate(store::all);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseAll() {
        return iterate(store::reverseAll);
    }

    @Override
    public <S extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, S serializer) {
        return iterate(() -> store.prefixScan(prefix, serializer));
    }

    private KeyValueIterator<Bytes, byte[]> iterate(Supplier<KeyValueIterator<Bytes, byte[]>> rows) {
        long wrongBlocks = CheckedStores.wrongBlocks();
        return new CheckedIterator(checked(rows), wrongBlocks);
    }

    /** Reports an end that a corrupt block may have caused. */
    private final class CheckedIterator implements KeyValueIterator<Bytes, byte[]> {

        private final KeyValueIterator<Bytes, byte[]> rows;
        private final long wrongBlocks;

        CheckedIterator(KeyValueIterator<Bytes, byte[]> rows, long wrongBlocks) {
            this.rows = rows;
            this.wrongBlocks = wrongBlocks;
        }

        @Override
        public boolean hasNext() {
            boolean next = rows.hasNext();
            if (!next && CheckedStores.wrongBlocks() > wrongBlocks) {
                String why = "RocksDB met a block with a wrong checksum while it read rows in their order";
                stores.corrupt(context.taskId(), context.stateDir(), why);
                throw new ProcessorStateException("store " + name() + ": " + why);
            }
            return next;
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return rows.next();
        }

        @Override
        public Bytes peekNextKey() {
            return rows.peekNextKey();
        }

        @Override
        public void close() {
            rows.close();
        }
    }

    @Override
    public ReadOnlyKeyValueStore<Bytes, byte[]> readOnly(IsolationLevel level) {
        return store.readOnly(level);
    }

    @Override
    public long approximateNumEntries() {
        return store.approximateNumEntries();
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    @SuppressWarnings("deprecation") // Kafka Streams calls commit; others may flush
    public void flush() {
        checked(() -> {
            store.flush();
            return null;
        });
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        checked(() -> {
            store.commit(changelogOffsets);
            return null;
        });
    }

    @Override
    public Long committedOffset(TopicPartition changelog) {
        return checked(() -> store.committedOffset(changelog));
    }

    @Override
    @SuppressWarnings("deprecation") // Kafka Streams asks it
    public boolean managesOffsets() {
        return store.managesOffsets();
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public boolean persistent() {
        return store.persistent();
    }

    @Override
    public boolean isOpen() {
        return store.isOpen();
    }

    @Override
    public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
        return store.query(query, bound, config);
    }

    @Override
    public long approximateNumUncommittedBytes() {
        return store.approximateNumUncommittedBytes();
    }

    @Override
    public Position getPosition() {
        return store.getPosition();
    }
}
