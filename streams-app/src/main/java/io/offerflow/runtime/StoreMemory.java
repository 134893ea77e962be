package io.offerflow.runtime;

import io.offerflow.topology.CheckedStores;
import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One memory for all stores of this process: blocks, indexes, filters and write buffers share {@code store.memory.mb},
 * and write buffers take at most half of it. By default each store of each partition takes up to 98 MiB, plus indexes
 * and filters. Reads of compactions and unused memory of the allocator are not counted. The limit of the first service
 * that starts in a process applies to all others in it (ADR 17).
 */
public final class StoreMemory implements RocksDBConfigSetter {

    /** The Kafka Streams property with the limit, in MiB. */
    static final String LIMIT = "offerflow.store.memory.mb";

    private static SharedMemory shared;

    /** Neither is closed: a store that is opened later in this process uses them again. */
    private record SharedMemory(Cache cache, WriteBufferManager buffers) {
        static SharedMemory of(long bytes) {
            RocksDB.loadLibrary();
            Cache cache = new LRUCache(bytes);
            return new SharedMemory(cache, new WriteBufferManager(bytes / 2, cache));
        }
    }

    private static synchronized SharedMemory shared(long mebibytes) {
        if (shared == null) {
            shared = SharedMemory.of(mebibytes << 20);
        }
        return shared;
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        SharedMemory memory = shared(Long.parseLong(configs.get(LIMIT).toString()));
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.buffers());
        options.setStatistics(CheckedStores.counters());
    }

    @Override
    public void close(String storeName, Options options) {
        // the memory is shared
    }
}
