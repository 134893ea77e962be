package io.offerflow.bench.footprint;

import io.offerflow.contract.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the footprints of a topic and partition, one after the other; cheap, for it is part of what is measured. */
public final class FootprintReader {

    private static final Topic[] TOPICS = Topic.values();
    private static final byte[] SOME_HEADER = "application/avro, 2026-03-02T09:00:00.000Z, step-results-0@123456#3"
            .repeat(4).getBytes(StandardCharsets.US_ASCII);

    /** Pieces of real values to fill sizes with. */
    private static final class Filler {
        private static final Map<Path, byte[]> READ = new ConcurrentHashMap<>();
        private final byte[] sample;
        private int at;

        Filler(Path file) {
            sample = READ.computeIfAbsent(file, Filler::read);
        }

        private static byte[] read(Path file) {
            try {
                return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }

        byte[] take(int size) {
            if (size > sample.length) {
                return new byte[size];
            }
            at = at + size > sample.length ? 0 : at;
            at += size;
            return Arrays.copyOfRange(sample, at - size, at);
        }
    }

    private final Path folder;
    private final ByteBuffer file;
    private final Map<Integer, Filler> stores = new HashMap<>();
    private final Filler[] topics = new Filler[TOPICS.length];
    private long read;

    public FootprintReader(Path folder, Topic topic, int partition) {
        this.folder = folder;
        Path path = FootprintWriter.file(folder, topic, partition);
        try (FileChannel channel = FileChannel.open(path)) {
            file = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
        for (Topic output : Topic.outputs()) {
            topics[output.ordinal()] = new Filler(FootprintWriter.sample(folder, output.topicName()));
        }
    }

    /**
     * What is done for the input at an offset.
     *
     * @throws IllegalStateException unless it is the next one
     */
    public Footprint next(long offset) {
        if (offset != read++) {
            throw new IllegalStateException("offset %d comes where %d was expected".formatted(offset, read - 1));
        }
        List<Footprint.Read> reads = new ArrayList<>();
        for (int left = file.getShort(); left > 0; left--) {
            reads.add(new Footprint.Read(file.get(), bytes()));
        }
        List<Footprint.Write> writes = new ArrayList<>();
        for (int left = file.getShort(); left > 0; left--) {
            int store = file.get();
            writes.add(new Footprint.Write(store, bytes(), filled(stores.computeIfAbsent(store, first ->
                    new Filler(FootprintWriter.sample(folder, "store-" + first))))));
        }
        List<Footprint.Letter> letters = new ArrayList<>();
        for (int left = file.getShort(); left > 0; left--) {
            letters.add(letter());
        }
        return new Footprint(reads, writes, letters);
    }

    private Footprint.Letter letter() {
        Topic topic = TOPICS[file.get()];
        byte[] key = bytes();
        Optional<byte[]> value = topic == Topic.COMMAND_OUTCOMES ? Optional.of(bytes())
                : filled(topics[topic.ordinal()]);
        int count = file.get();
        List<Footprint.Header> headers = new ArrayList<>(count);
        for (int left = count; left > 0; left--) {
            headers.add(new Footprint.Header(FootprintWriter.HEADERS.get(file.get()),
                    Arrays.copyOf(SOME_HEADER, file.getShort())));
        }
        return new Footprint.Letter(topic, Optional.of(key), value, headers);
    }

    private Optional<byte[]> filled(Filler filler) {
        int size = file.getInt();
        return size == FootprintWriter.NOTHING ? Optional.empty() : Optional.of(filler.take(size));
    }

    private byte[] bytes() {
        byte[] bytes = new byte[file.getShort()];
        file.get(bytes);
        return bytes;
    }
}
