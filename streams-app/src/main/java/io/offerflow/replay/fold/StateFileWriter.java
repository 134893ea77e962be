package io.offerflow.replay.fold;

import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.state.row.RowKey;
import java.nio.file.Path;
import java.util.Optional;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/**
 * Writes the state of one partition to sorted files, one of header rows and one of state rows, which a
 * {@link SpillStore} takes in as they are. The policy is not in the files.
 */
public final class StateFileWriter implements StateSink.PartitionSink {

    static {
        RocksDB.loadLibrary();
    }

    private final BloomFilter bloom = new BloomFilter(SpillStore.BLOOM_BITS);
    private final Options options = new Options().setCompressionType(SpillStore.COMPRESSION)
            .setTableFormatConfig(new BlockBasedTableConfig().setFilterPolicy(bloom));
    private final EnvOptions environment = new EnvOptions();
    private final SortedFile headers;
    private final SortedFile rows;

    /**
     * A writer of new files.
     *
     * @param headers file of the header rows; not created if there is none
     * @param rows file of the state rows; not created if there is none
     */
    public StateFileWriter(Path headers, Path rows) {
        this.headers = new SortedFile(headers);
        this.rows = new SortedFile(rows);
    }

    @Override
    public void policy(byte[] key, byte[] value) {
        // a fold gets it from the position at which it begins
    }

    @Override
    public void offer(byte[] key, byte[] header) {
        headers.put(SpillStore.key(SpillStore.HEADER, key), header);
    }

    @Override
    public void row(byte[] offer, RowKey name, byte[] key, byte[] value) {
        rows.put(SpillStore.key(SpillStore.ROW, key), value);
    }

    /** Completes and syncs the files. */
    @Override
    public void close() {
        try {
            headers.finish();
            rows.finish();
        } finally {
            environment.close();
            options.close();
            bloom.close();
        }
    }

    /** A file with keys in ascending order; it exists if it has one. */
    private final class SortedFile {

        private final Path path;
        private Optional<SstFileWriter> open = Optional.empty();

        SortedFile(Path path) {
            this.path = path;
        }

        void put(byte[] key, byte[] value) {
            try {
                if (open.isEmpty()) {
                    SstFileWriter writer = new SstFileWriter(environment, options);
                    open = Optional.of(writer);
                    writer.open(path.toString());
                }
                open.get().put(key, value);
            } catch (RocksDBException e) {
                throw failed(e);
            }
        }

        void finish() {
            try (SstFileWriter writer = open.orElse(null)) {
                if (writer != null) {
                    writer.finish();
                }
            } catch (RocksDBException e) {
                throw failed(e);
            }
        }

        private IllegalStateException failed(RocksDBException e) {
            return new IllegalStateException(RootLocaleText.format("cannot write %s: %s", path, e.getMessage()), e);
        }
    }
}
