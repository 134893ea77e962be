package io.offerflow.replay.fold;

import io.offerflow.codec.StateCodec;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.replay.journal.PartitionSnapshot;
import io.offerflow.replay.journal.ReplayPreconditionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/** State on disk in a temporary RocksDB, for what exceeds the memory limit. Not safe for use by several threads. */
final class SpillStore implements AutoCloseable {

    /** First byte of the key of a header row; the key of the offer follows. */
    static final byte HEADER = 'h';
    /** First byte of the key of a state row. */
    static final byte ROW = 'r';
    private static final long WRITE_BUFFER = 16L << 20;
    private static final long CACHE = 16L << 20;
    static final int BLOOM_BITS = 10;
    static final CompressionType COMPRESSION = CompressionType.LZ4_COMPRESSION;

    static {
        RocksDB.loadLibrary();
    }

    private final Path folder;
    private final LRUCache cache = new LRUCache(CACHE);
    private final BloomFilter bloom = new BloomFilter(BLOOM_BITS);
    private final Options options = new Options().setCreateIfMissing(true).setErrorIfExists(true)
            .setWriteBufferSize(WRITE_BUFFER).setMaxWriteBufferNumber(2)
            .setCompressionType(COMPRESSION)
            .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(bloom)
                    .setCacheIndexAndFilterBlocks(true));
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final RocksDB db;

    SpillStore(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            db = RocksDB.open(options, folder.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create the folder " + folder, e);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /**
     * A store with the state of a snapshot.
     *
     * @throws ReplayPreconditionException if the snapshot is damaged
     */
    static SpillStore of(Path folder, PartitionSnapshot snapshot) {
        SpillStore store = new SpillStore(folder);
        try {
            store.take(snapshot);
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private void take(PartitionSnapshot snapshot) {
        List<String> files = snapshot.copyTo(folder.resolve("snapshot")).stream().map(Path::toString).toList();
        if (files.isEmpty()) {
            return;
        }
        try (IngestExternalFileOptions copies = new IngestExternalFileOptions().setMoveFiles(true)) {
            db.ingestExternalFile(files, copies);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    Optional<byte[]> header(byte[] offer) {
        return get(key(HEADER, offer));
    }

    Optional<byte[]> row(byte[] key) {
        return get(key(ROW, key));
    }

    void putHeader(byte[] offer, byte[] value) {
        put(key(HEADER, offer), value);
    }

    void putRow(byte[] key, byte[] value) {
        put(key(ROW, key), value);
    }

    void deleteRow(byte[] key) {
        delete(key(ROW, key));
    }

    void deleteHeader(byte[] offer) {
        delete(key(HEADER, offer));
    }

    private void delete(byte[] key) {
        try {
            db.delete(unlogged, key);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** The ids of the keys in a range, up to a limit. */
    List<String> ids(StateCodec.KeyRange range, int limit) {
        List<String> ids = new ArrayList<>();
        byte[] last = key(ROW, range.last());
        try (RocksIterator rows = db.newIterator()) {
            rows.seek(key(ROW, range.first()));
            while (rows.isValid() && ids.size() < limit && Arrays.compareUnsigned(rows.key(), last) <= 0) {
                ids.add(range.id(keyOf(rows)));
                rows.next();
            }
        }
        return ids;
    }

    /** Passes every entry to the visitor, in key order. */
    void visit(StateVisitor visitor) {
        try (RocksIterator headers = db.newIterator(); RocksIterator rows = db.newIterator()) {
            headers.seek(new byte[] {HEADER});
            rows.seek(new byte[] {ROW});
            while (valid(headers, HEADER) || valid(rows, ROW)) {
                byte[] next = nextOffer(headers, rows);
                if (valid(headers, HEADER) && Arrays.equals(keyOf(headers), next)) {
                    visitor.offer(next, headers.value());
                    headers.next();
                }
                while (valid(rows, ROW) && Arrays.equals(StateCodec.offerOf(keyOf(rows)), next)) {
                    visitor.row(next, StateCodec.rowKey(keyOf(rows)), keyOf(rows), rows.value());
                    rows.next();
                }
            }
        }
    }

    /** The smaller offer key of the two positions. */
    private static byte[] nextOffer(RocksIterator headers, RocksIterator rows) {
        if (!valid(rows, ROW)) {
            return keyOf(headers);
        }
        byte[] ofRow = StateCodec.offerOf(keyOf(rows));
        return valid(headers, HEADER) && Arrays.compareUnsigned(keyOf(headers), ofRow) <= 0 ? keyOf(headers) : ofRow;
    }

    private static boolean valid(RocksIterator at, byte kind) {
        return at.isValid() && at.key()[0] == kind;
    }

    private static byte[] keyOf(RocksIterator at) {
        byte[] key = at.key();
        return Arrays.copyOfRange(key, 1, key.length);
    }

    static byte[] key(byte kind, byte[] key) {
        byte[] whole = new byte[key.length + 1];
        whole[0] = kind;
        System.arraycopy(key, 0, whole, 1, key.length);
        return whole;
    }

    private Optional<byte[]> get(byte[] key) {
        try {
            return Optional.ofNullable(db.get(key));
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    private void put(byte[] key, byte[] value) {
        try {
            db.put(unlogged, key, value);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    private IllegalStateException failed(RocksDBException e) {
        return new IllegalStateException(
                RootLocaleText.format("cannot spill state to %s: %s", folder, e.getMessage()), e);
    }

    @Override
    public void close() {
        db.close();
        unlogged.close();
        options.close();
        bloom.close();
        cache.close();
        delete(folder);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the folder " + folder, e);
        }
    }
}
