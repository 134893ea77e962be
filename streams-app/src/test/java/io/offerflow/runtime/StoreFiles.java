package io.offerflow.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBufferManager;

/** The files of a store whose service has stopped. */
public final class StoreFiles {

    private StoreFiles() {
    }

    /** Write buffers of all stores together that are so small that the rows of a test reach the disk. */
    public static final class SmallWriteBuffers implements RocksDBConfigSetter {

        private static WriteBufferManager shared;

        private static synchronized WriteBufferManager shared() {
            if (shared == null) {
                RocksDB.loadLibrary();
                shared = new WriteBufferManager(256 * 1024, new LRUCache(8 * 1024 * 1024));
            }
            return shared;
        }

        @Override
        public void setConfig(String storeName, Options options, Map<String, Object> configs) {
            options.setWriteBufferManager(shared());
            options.setArenaBlockSize(4096);
        }

        @Override
        public void close(String storeName, Options options) {
            // the buffers are shared
        }
    }

    /**
     * All rows of a store.
     *
     * @throws IllegalStateException if they cannot be read
     */
    public static Map<byte[], byte[]> rows(Path store) {
        RocksDB.loadLibrary();
        Map<byte[], byte[]> rows = new HashMap<>();
        List<ColumnFamilyHandle> families = new ArrayList<>();
        try (Options options = new Options(); DBOptions open = new DBOptions()) {
            List<ColumnFamilyDescriptor> names = RocksDB.listColumnFamilies(options, store.toString()).stream()
                    .map(ColumnFamilyDescriptor::new).toList();
            try (RocksDB files = RocksDB.openReadOnly(open, store.toString(), names, families);
                    RocksIterator row = files.newIterator()) {
                for (row.seekToFirst(); row.isValid(); row.next()) {
                    rows.put(row.key(), row.value());
                }
                row.status(); // an iterator also ends at a block that is corrupt
                families.forEach(ColumnFamilyHandle::close);
            }
            return rows;
        } catch (RocksDBException e) {
            throw new IllegalStateException("cannot read " + store, e);
        }
    }
}
