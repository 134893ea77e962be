package io.offerflow.bench.load;

import io.offerflow.avro.Result;
import io.offerflow.contract.Topic;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A workload on disk: one {@link Item} after another, in the order in which they are sent. */
public final class WorkloadFile {

    private static final String NAME = "commands.bin";
    private static final int BUFFER = 1 << 20;

    private WorkloadFile() {
    }

    /** Writes items. */
    public static final class Writer implements AutoCloseable {
        private final DataOutputStream out;

        public Writer(Path folder) {
            try {
                Files.createDirectories(folder);
                out = new DataOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(folder.resolve(NAME)), BUFFER));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write a workload to " + folder, e);
            }
        }

        public void write(Item item) {
            try {
                out.writeInt(item.epoch());
                out.writeByte(item.topic().ordinal());
                out.writeByte(item.expected().ordinal());
                out.writeShort(item.key().length);
                out.write(item.key());
                out.writeInt(item.value().length);
                out.write(item.value());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write a workload", e);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write a workload", e);
            }
        }
    }

    /** Reads items. */
    public static final class Reader implements AutoCloseable {
        private static final Topic[] TOPICS = Topic.values();
        private static final Result[] RESULTS = Result.values();
        private final DataInputStream in;

        public Reader(Path folder) {
            try {
                in = new DataInputStream(new BufferedInputStream(Files.newInputStream(folder.resolve(NAME)), BUFFER));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read a workload from " + folder, e);
            }
        }

        /** The next item; nothing at the end. */
        public Optional<Item> next() {
            try {
                int epoch = in.readInt();
                Topic topic = TOPICS[in.readByte()];
                Result expected = RESULTS[in.readByte()];
                byte[] key = in.readNBytes(in.readShort());
                return Optional.of(new Item(epoch, topic, key, in.readNBytes(in.readInt()), expected));
            } catch (EOFException end) {
                return Optional.empty();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read a workload", e);
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot close a workload", e);
            }
        }
    }
}
