package io.offerflow.bench.peer;

import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
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

    static void create(String table, Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("""
                    create table if not exists "%s" (key bytea primary key, value bytea not null)
                        with (fillfactor = 80, toast_tuple_target = 8160)""".formatted(table));
        }
    }

    /** A new store in memory for the rows of a partition. */
    KeyValueStore<byte[], byte[]> newStore(int partition) {
        KeyValueStore<byte[], byte[]> store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(table),
                Serdes.ByteArray(), Serdes.ByteArray()).withLoggingDisabled().withCachingDisabled().build();
        stores.put(partition, store);
        return store;
    }

    /** The key of a store in this table. */
    static byte[] key(int partition, byte[] key) {
        return ByteBuffer.allocate(PARTITION + key.length).putShort((short) partition).put(key).array();
    }

    /** Loads the rows with these keys. */
    void loadKeys(Collection<Bytes> keys) throws SQLException {
        load("select key, value from \"%s\" where key = any(?)", List.of(array(keys.stream().map(Bytes::get))));
    }

    /** Loads the rows from a key of the first list to before that of the second list in the same place. */
    void loadRanges(List<byte[]> from, List<byte[]> to) throws SQLException {
        load("""
                select t.key, t.value from unnest(?::bytea[], ?::bytea[]) as w (first, last)
                join "%s" t on t.key >= w.first and t.key < w.last""",
                List.of(array(from.stream()), array(to.stream())));
    }

    private Array array(Stream<byte[]> keys) throws SQLException {
        return database.createArrayOf("bytea", keys.toArray(byte[][]::new));
    }

    private void load(String sql, List<Array> parameters) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql.formatted(table))) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setArray(i + 1, parameters.get(i));
            }
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    byte[] key = found.getBytes(1);
                    byte[] value = found.getBytes(2);
                    loaded.put(Bytes.wrap(key), value);
                    stores.get((int) ByteBuffer.wrap(key).getShort())
                            .put(Arrays.copyOfRange(key, PARTITION, key.length), value);
                }
            }
        }
    }

    /** Loads the first rows of a partition up to a time with which their keys begin; returns the keys. */
    List<byte[]> loadFirst(int partition, long until, int most) throws SQLException {
        Set<Bytes> before = Set.copyOf(loaded.keySet());
        load("select key, value from \"%s\" where key = any (select key from \"%<s\" where key >= (?::bytea[])[1] "
                + "and key < (?::bytea[])[1] order by key limit " + most + ")", List.of(
                array(Stream.of(key(partition, new byte[0]))), array(Stream.of(key(partition,
                        ByteBuffer.allocate(Long.BYTES).putLong(until + 1).array())))));
        return loaded.keySet().stream().filter(key -> !before.contains(key)).map(key ->
                Arrays.copyOfRange(key.get(), PARTITION, key.get().length)).toList();
    }

    /** Writes the rows that differ from those that were loaded. */
    void flush() throws SQLException {
        try (PreparedStatement put = database.prepareStatement("""
                insert into "%s" (key, value) values (?, ?)
                on conflict (key) do update set value = excluded.value""".formatted(table));
                PreparedStatement delete = database.prepareStatement("delete from \"%s\" where key = ?"
                        .formatted(table))) {
            for (Map.Entry<Integer, KeyValueStore<byte[], byte[]>> store : stores.entrySet()) {
                try (KeyValueIterator<byte[], byte[]> rows = store.getValue().all()) {
                    while (rows.hasNext()) {
                        KeyValue<byte[], byte[]> row = rows.next();
                        byte[] key = key(store.getKey(), row.key);
                        if (loaded.remove(Bytes.wrap(key)) != row.value) { // the store keeps the array that was loaded
                            put.setBytes(1, key);
                            put.setBytes(2, row.value);
                            put.addBatch();
                        }
                    }
                }
            }
            for (Bytes key : loaded.keySet()) {
                delete.setBytes(1, key.get());
                delete.addBatch();
            }
            put.executeBatch();
            delete.executeBatch();
        }
    }

    /** Forgets all rows. */
    void clear() {
        loaded.clear();
        stores.values().forEach(store -> {
            try (KeyValueIterator<byte[], byte[]> rows = store.all()) {
                rows.forEachRemaining(row -> store.delete(row.key));
            }
        });
    }
}
