package io.offerflow.bench.peer;

import io.offerflow.bench.run.HostedProcessor;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.dbutils.handlers.ScalarHandler;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * A store of the service as a table of PostgreSQL. A batch copies the rows that it needs into stores in memory with few
 * queries, and writes back what has changed with few statements. Keys begin with the partition.
 */
final class BatchTable {

    private static final int PARTITION = 2;

    private final String table;
    private final Connection database;
    private final Map<Integer, KeyValueStore<byte[], byte[]>> stores = new HashMap<>();
    private final Map<Bytes, byte[]> loaded = new HashMap<>();

    BatchTable(String table, Connection database) {
        this.table = table;
        this.database = database;
    }

    static String schema(String table) {
        return """
                create table if not exists "%s" (key bytea primary key, value bytea not null)
                    with (fillfactor = 80, toast_tuple_target = 8160)""".formatted(table);
    }

    KeyValueStore<byte[], byte[]> newStore(int partition) {
        KeyValueStore<byte[], byte[]> store = HostedProcessor.store(Stores.inMemoryKeyValueStore(table));
        stores.put(partition, store);
        return store;
    }

    /** The key in this table of a key in a store. */
    static Bytes key(int partition, byte[] key) {
        return Bytes.wrap(ByteBuffer.allocate(PARTITION + key.length).putShort((short) partition).put(key).array());
    }

    /** The value of one key; loads nothing. */
    Optional<byte[]> read(Bytes key) throws SQLException {
        return Optional.ofNullable(Sql.RUNNER.query(database, "select value from \"%s\" where key = ?".formatted(table),
                new ScalarHandler<byte[]>(), (Object) key.get()));
    }

    void loadKeys(Collection<Bytes> keys) throws SQLException {
        load("select key, value from \"%s\" where key = any(?)", array(keys.stream().map(Bytes::get)));
    }

    /** Loads the rows from a key of the first list to before that of the second list in the same place. */
    void loadRanges(List<byte[]> from, List<byte[]> to) throws SQLException {
        load("""
                select t.key, t.value from unnest(?::bytea[], ?::bytea[]) as w (first, last)
                join "%s" t on t.key >= w.first and t.key < w.last""", array(from.stream()), array(to.stream()));
    }

    /** Loads the first rows of a partition up to a time, with which keys begin; returns the keys. */
    List<byte[]> loadFirst(int partition, long until, int most) throws SQLException {
        return load("select key, value from \"%s\" where key >= ? and key < ? order by key limit ?",
                key(partition, new byte[0]).get(),
                key(partition, ByteBuffer.allocate(Long.BYTES).putLong(until + 1).array()).get(), most);
    }

    private Array array(Stream<byte[]> keys) throws SQLException {
        return database.createArrayOf("bytea", keys.toArray(byte[][]::new));
    }

    private List<byte[]> load(String sql, Object... parameters) throws SQLException {
        return Sql.RUNNER.query(database, sql.formatted(table), rows -> {
            List<byte[]> keys = new ArrayList<>();
            while (rows.next()) {
                byte[] key = rows.getBytes(1);
                byte[] value = rows.getBytes(2);
                byte[] inStore = Arrays.copyOfRange(key, PARTITION, key.length);
                loaded.put(Bytes.wrap(key), value);
                stores.get((int) ByteBuffer.wrap(key).getShort()).put(inStore, value);
                keys.add(inStore);
            }
            return keys;
        }, parameters);
    }

    /** Writes the rows that differ from those that were loaded. */
    void flush() throws SQLException {
        List<Object[]> changed = new ArrayList<>();
        stores.forEach((partition, store) -> {
            try (var rows = store.all()) {
                rows.forEachRemaining(row -> {
                    Bytes key = key(partition, row.key);
                    if (loaded.remove(key) != row.value) { // the store keeps the array that was loaded
                        changed.add(new Object[] {key.get(), row.value});
                    }
                });
            }
        });
        Sql.RUNNER.batch(database, """
                insert into "%s" (key, value) values (?, ?)
                on conflict (key) do update set value = excluded.value""".formatted(table),
                changed.toArray(Object[][]::new));
        Sql.RUNNER.batch(database, "delete from \"%s\" where key = ?".formatted(table),
                loaded.keySet().stream().map(key -> new Object[] {key.get()}).toArray(Object[][]::new));
    }

    void clear() {
        loaded.clear();
        stores.values().forEach(store -> {
            try (var rows = store.all()) {
                rows.forEachRemaining(row -> store.delete(row.key));
            }
        });
    }
}
