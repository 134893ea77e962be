package io.offerflow.topology;

import java.io.File;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.rocksdb.HistogramType;
import org.rocksdb.RocksDB;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supplies a RocksDB store that is made again from its changelog if its files are corrupt.
 *
 * <p>Kafka Streams 4.4.0 retries a store that cannot be read for ever, and takes a block whose checksum is wrong for
 * the end of an iteration. Here both fail the stream thread, which aborts its transaction; the next time the store is
 * opened, Kafka Streams deletes the stores of the task and restores them. A {@link TaskCorruptedException} while a task
 * processes would commit what this task has written so far, together with the other tasks of its thread.
 */
public final class CheckedStores implements KeyValueBytesStoreSupplier {

    private static final Logger LOG = LoggerFactory.getLogger(CheckedStores.class);

    /** Folder of stores in that of a task. */
    private static final String FOLDER = "rocksdb";

    private final KeyValueBytesStoreSupplier rocksDb;
    /** Tasks whose files must not be opened again. */
    private final Set<TaskId> corrupt = ConcurrentHashMap.newKeySet();

    /** What RocksDB counts in all stores of this process. */
    private static final class Counters {
        static final Statistics ALL = create();

        private static Statistics create() {
            RocksDB.loadLibrary();
            return new Statistics(EnumSet.allOf(HistogramType.class)); // those that are ignored
        }
    }

    CheckedStores(String name) {
        this.rocksDb = Stores.persistentKeyValueStore(name);
    }

    /** The counters that each store has to use. */
    public static Statistics counters() {
        return Counters.ALL;
    }

    /** Number of blocks with a wrong checksum since the start of this process. */
    static long wrongBlocks() {
        return Counters.ALL.getTickerCount(TickerType.BLOCK_CHECKSUM_MISMATCH_COUNT);
    }

    @Override
    public String name() {
        return rocksDb.name();
    }

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
        return new CheckedStore(rocksDb.get(), this);
    }

    @Override
    public String metricsScope() {
        return rocksDb.metricsScope();
    }

    /** Tells the operator that a store of this task is corrupt; it is not opened again with these files. */
    void corrupt(TaskId task, File taskDirectory, String why) {
        if (corrupt.add(task)) {
            LOG.warn("store {} of partition {} in {} is corrupt: {}; the stores of this partition are deleted and made "
                    + "again from their changelogs. Check the disk", name(), task.partition(), taskDirectory, why);
        }
    }

    /**
     * Before the files of a task are opened. Files that are known to be corrupt are deleted here, because Kafka Streams
     * keeps transactional stores of a corrupt task.
     *
     * @throws TaskCorruptedException if there were corrupt files
     * @throws ProcessorStateException if they cannot be deleted
     */
    void beforeOpening(TaskId task, File taskDirectory) {
        File files = new File(new File(taskDirectory, FOLDER), name());
        if (corrupt.remove(task) && files.exists()) {
            try {
                Utils.delete(files);
            } catch (IOException e) {
                throw new ProcessorStateException("cannot delete the corrupt store " + files, e);
            }
            throw new TaskCorruptedException(Set.of(task));
        }
    }
}
