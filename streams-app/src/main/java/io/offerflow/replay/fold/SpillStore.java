package io.offerflow.replay.fold;

import io.offerflow.codec.StateCodec;
import io.offerflow.domain.model.RootLocaleText;
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
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/** State that does not fit into memory, on disk for as long as the replay runs. Not safe for use by several threads. */
final class SpillStore implements AutoCloseable {

    private static final byte FACTS = 'f';
    private static final byte ROW = 'r';
    private static final long WRITE_BUFFER = 16L << 20;
    private static final long CACHE = 16L << 20;
    private static final int BLOOM_BITS = 10;

    static {
        RocksDB.loadLibrary();
    }

    private final Path folder;
    private final LRUCache cache = new LRUCache(CACHE);
    private final BloomFilter bloom = new BloomFilter(BLOOM_BITS);
    private final Options options = new Options().setCreateIfMissing(true).setErrorIfExists(true)
            .setWriteBufferSize(WRITE_BUFFER).setMaxWriteBufferNumber(2)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
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
            throw new UncheckedIOException("cannot make the folder " + folder, e);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    Optional<byte[]> facts(byte[] offer) {
        return get(key(FACTS, offer));
    }

    Optional<byte[]> row(byte[] key) {
        return get(key(ROW, key));
    }

    void putFacts(byte[] offer, byte[] value) {
        put(key(FACTS, offer), value);
    }

    void putRow(byte[] key, byte[] value) {
        put(key(ROW, key), value);
    }

    void deleteRow(byte[] key) {
        delete(key(ROW, key));
    }

    void deleteFacts(byte[] offer) {
        delete(key(FACTS, offer));
    }

    private void delete(byte[] key) {
        try {
            db.delete(unlogged, key);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** The ids that the keys of a range name, at most so many. */
    List<String> ids(StateCodec.KeyRange range, int most) {
        List<String> ids = new ArrayList<>();
        byte[] last = key(ROW, range.last());
        try (RocksIterator rows = db.newIterator()) {
            rows.seek(key(ROW, range.first()));
            while (rows.isValid() && ids.size() < most && Arrays.compareUnsigned(rows.key(), last) <= 0) {
                ids.add(range.id(plain(rows)));
                rows.next();
            }
        }
        return ids;
    }

    /** Shows everything in the order of the keys. */
    void visit(StateVisitor visitor) {
        try (RocksIterator facts = db.newIterator(); RocksIterator rows = db.newIterator()) {
            facts.seek(new byte[] {FACTS});
            rows.seek(new byte[] {ROW});
            while (valid(facts, FACTS) || valid(rows, ROW)) {
                byte[] next = next(facts, rows);
                if (valid(facts, FACTS) && Arrays.equals(plain(facts), next)) {
                    visitor.offer(next, facts.value());
                    facts.next();
                }
                while (valid(rows, ROW) && Arrays.equals(StateCodec.offerOf(plain(rows)), next)) {
                    visitor.row(next, StateCodec.rowKey(plain(rows)), plain(rows), rows.value());
                    rows.next();
                }
            }
        }
    }

    /** The smaller of the offers that the two stand at. */
    private static byte[] next(RocksIterator facts, RocksIterator rows) {
        if (!valid(rows, ROW)) {
            return plain(facts);
        }
        byte[] ofRow = StateCodec.offerOf(plain(rows));
        return valid(facts, FACTS) && Arrays.compareUnsigned(plain(facts), ofRow) <= 0 ? plain(facts) : ofRow;
    }

    private static boolean valid(RocksIterator at, byte kind) {
        return at.isValid() && at.key()[0] == kind;
    }

    private static byte[] plain(RocksIterator at) {
        byte[] key = at.key();
        return Arrays.copyOfRange(key, 1, key.length);
    }

    private static byte[] key(byte kind, byte[] key) {
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
                RootLocaleText.format("the disk under %s does not take what does not fit into memory: %s", folder,
                        e.getMessage()), e);
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
