package io.offerflow.bench.load;

import io.offerflow.bench.run.FileAccess;
import io.offerflow.contract.Topic;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Reads the footprints of one topic and partition in order; cheap, since it is part of what is measured. */
public final class FootprintReader {

    private static final Topic[] TOPICS = Topic.values();
    private static final byte[] HEADER_VALUE = "application/avro, 2026-03-02T09:00:00.000Z, step-results-0@123456#3"
            .repeat(4).getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer file;
    private final SampleBytes[] samples;
    private long read;

    public FootprintReader(Path folder, TopicPartition partition) {
        Path path = FootprintWriter.file(folder, partition);
        file = FileAccess.get("read " + path, () -> {
            try (FileChannel channel = FileChannel.open(path)) {
                return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            }
        });
        samples = IntStream.range(0, FootprintWriter.FIRST_TOPIC + TOPICS.length)
                .mapToObj(number -> new SampleBytes(FootprintWriter.sample(folder, number)))
                .toArray(SampleBytes[]::new);
    }

    /** The footprint of the input at an offset; fails unless it is the next one. */
    public Footprint next(long offset) {
        if (offset != read++) {
            throw new IllegalStateException("read offset %d instead of %d".formatted(offset, read - 1));
        }
        return new Footprint(list(() -> new Footprint.StoreLookup(file.get(), bytes())), list(this::write),
                list(this::record));
    }

    private <T> List<T> list(Supplier<T> next) {
        int size = file.getShort();
        List<T> all = new ArrayList<>(size);
        while (all.size() < size) {
            all.add(next.get());
        }
        return all;
    }

    private Footprint.StoreChange write() {
        int store = file.get();
        return new Footprint.StoreChange(store, bytes(), value(store));
    }

    private Footprint.FootprintRecord record() {
        Topic topic = TOPICS[file.get()];
        byte[] key = bytes();
        Optional<byte[]> value = topic == Topic.COMMAND_OUTCOMES ? Optional.of(bytes())
                : value(FootprintWriter.FIRST_TOPIC + topic.ordinal());
        var headers = new RecordHeaders();
        for (int left = file.getShort(); left > 0; left--) {
            headers.add(FootprintWriter.HEADERS.get(file.get()), Arrays.copyOf(HEADER_VALUE, file.getShort()));
        }
        return new Footprint.FootprintRecord(topic, key, value, headers);
    }

    private Optional<byte[]> value(int sample) {
        int size = file.getInt();
        return size == FootprintWriter.TOMBSTONE ? Optional.empty() : Optional.of(samples[sample].take(size));
    }

    private byte[] bytes() {
        byte[] bytes = new byte[file.getShort()];
        file.get(bytes);
        return bytes;
    }

    /** Pieces of real values, in the sizes that are asked for. */
    private static final class SampleBytes {
        private static final Map<Path, byte[]> READ = new ConcurrentHashMap<>();
        private final byte[] sample;
        private int at;

        SampleBytes(Path file) {
            sample = READ.computeIfAbsent(file, first -> FileAccess.get("read " + first, () ->
                    Files.exists(first) ? Files.readAllBytes(first) : new byte[0]));
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
}
