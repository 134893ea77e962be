package io.offerflow.bench.load;

import io.offerflow.bench.run.FileAccess;
import io.offerflow.contract.Topic;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/**
 * Writes footprints, one file per input topic and partition, in the order of offsets. It keeps the bytes of outcomes,
 * so that a subject that writes them passes the check; of other values, it keeps sizes and a sample of bytes.
 */
final class FootprintWriter implements AutoCloseable {

    /** Names of headers by number, so that a reader does not build them again and again. */
    static final List<String> HEADERS =
            List.of("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "content-type", "traceparent");
    static final int TOMBSTONE = -1;
    /** Number of the sample of the first topic; those of stores come before. */
    static final int FIRST_TOPIC = 8;
    /** Bytes of values kept of each topic and of each store. */
    private static final int SAMPLE_BYTES = 4 << 20;
    private static final int LARGEST = 1 << 20;

    private final Path folder;
    private final Map<Path, FileChannel> files = new HashMap<>();
    private final Map<Path, Long> sampled = new HashMap<>();
    private final ByteBuffer out = ByteBuffer.allocate(LARGEST);

    /** Creates the files of all partitions, so that one without input has an empty file. */
    FootprintWriter(Path folder, int partitions) {
        this.folder = folder;
        Topic.inputs().forEach(topic -> IntStream.range(0, partitions).forEach(partition ->
                open(file(folder, new TopicPartition(topic.topicName(), partition)))));
    }

    static Path file(Path folder, TopicPartition partition) {
        return folder.resolve("footprints-%s.bin".formatted(partition));
    }

    static Path sample(Path folder, int number) {
        return folder.resolve("sample-%d.bin".formatted(number));
    }

    private FileChannel open(Path file) {
        return files.computeIfAbsent(file, path -> FileAccess.get("write " + path, () ->
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)));
    }

    private void append(Path file, ByteBuffer bytes) {
        FileAccess.run("write " + file, () -> open(file).write(bytes));
    }

    /** Adds the footprint of the next input of a topic and partition. */
    void write(Topic topic, int partition, Footprint footprint) {
        out.clear();
        all(footprint.reads(), read -> bytes(out.put((byte) read.store()), read.key()));
        all(footprint.writes(), write -> {
            bytes(out.put((byte) write.store()), write.key());
            size(write.value(), write.store());
        });
        all(footprint.sent(), this::record);
        append(file(folder, new TopicPartition(topic.topicName(), partition)), out.flip());
    }

    private <T> void all(List<T> parts, Consumer<T> write) {
        out.putShort((short) parts.size());
        parts.forEach(write);
    }

    private void record(Footprint.FootprintRecord record) {
        bytes(out.put((byte) record.topic().ordinal()), record.key());
        if (record.topic() == Topic.COMMAND_OUTCOMES) {
            bytes(out, record.value().orElseThrow());
        } else {
            size(record.value(), FIRST_TOPIC + record.topic().ordinal());
        }
        all(List.of(record.headers().toArray()), header -> out.put((byte) HEADERS.indexOf(header.key()))
                .putShort((short) header.value().length));
    }

    private static void bytes(ByteBuffer out, byte[] bytes) {
        out.putShort((short) bytes.length).put(bytes);
    }

    private void size(Optional<byte[]> value, int number) {
        out.putInt(value.map(bytes -> bytes.length).orElse(TOMBSTONE));
        Path sample = sample(folder, number);
        value.filter(bytes -> sampled.merge(sample, (long) bytes.length, Long::sum) <= SAMPLE_BYTES)
                .ifPresent(bytes -> append(sample, ByteBuffer.wrap(bytes)));
    }

    @Override
    public void close() {
        files.values().forEach(file -> FileAccess.run("write footprints", file::close));
    }
}
