package io.offerflow.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose files have changed is never read as if it had fewer rows. */
class CheckedStoresTest {

    private static final int ROWS = 5_000;
    private static final String NAME = "timers";

    @TempDir
    private Path folder;

    private final CheckedStores checked = new CheckedStores(NAME);

    @BeforeEach
    void fill() throws IOException {
        KeyValueStore<Integer, byte[]> store = open(checked);
        for (int row = 0; row < ROWS; row++) {
            store.put(row, new byte[20]);
        }
        store.close();
        flipInTheMiddleOf(table());
    }

    private KeyValueStore<Integer, byte[]> open(KeyValueBytesStoreSupplier supplier) {
        KeyValueStore<Integer, byte[]> store = Stores.keyValueStoreBuilder(supplier, Serdes.Integer(),
                Serdes.ByteArray()).withLoggingDisabled().withCachingDisabled().build();
        store.init(new MockProcessorContext<Void, Void>(TopologyHarness.properties(), new TaskId(0, 0),
                folder.toFile()).getStateStoreContext(), store);
        return store;
    }

    private int count(KeyValueBytesStoreSupplier supplier) {
        KeyValueStore<Integer, byte[]> store = open(supplier);
        try (KeyValueIterator<Integer, byte[]> rows = store.all()) {
            int count = 0;
            for (; rows.hasNext(); rows.next()) {
                count++;
            }
            return count;
        } finally {
            store.close();
        }
    }

    private Path table() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("rocksdb").resolve(NAME))) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .max(Comparator.comparingLong(file -> file.toFile().length())).orElseThrow();
        }
    }

    private static void flipInTheMiddleOf(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(file.length() / 2);
            int old = file.read();
            file.seek(file.length() / 2);
            file.write(old ^ 1);
        }
    }

    @Test
    void kafkaAloneEndsAnIterationAtACorruptBlockInSilence() {
        assertThat(count(Stores.persistentKeyValueStore(NAME))).isLessThan(ROWS);
    }

    @Test
    void anIterationThatMeetsACorruptBlockIsAnError() {
        assertThatThrownBy(() -> count(checked)).isInstanceOf(ProcessorStateException.class);
    }

    @Test
    void aRowInACorruptBlockIsAnError() {
        KeyValueStore<Integer, byte[]> store = open(checked);
        assertThatThrownBy(() -> {
            for (int row = 0; row < ROWS; row++) {
                store.get(row);
            }
        }).isInstanceOf(ProcessorStateException.class);
        store.close();
    }

    @Test
    void aStoreThatCannotBeOpenedIsAnError() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(table().toFile(), "rw")) {
            file.setLength(file.length() - 100);
        }
        assertThatThrownBy(() -> open(checked)).isInstanceOf(TaskCorruptedException.class);
    }

    @Test
    void aCorruptStoreIsOpenedOnlyWithoutItsFiles() {
        assertThatThrownBy(() -> count(checked)).isInstanceOf(ProcessorStateException.class);
        assertThatThrownBy(() -> open(checked)).isInstanceOf(TaskCorruptedException.class);
        assertThat(folder.resolve("rocksdb").resolve(NAME)).doesNotExist();
        assertThatCode(() -> open(checked).close()).doesNotThrowAnyException();
        assertThat(count(checked)).isZero();
    }
}
