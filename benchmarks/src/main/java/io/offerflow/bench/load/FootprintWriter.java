package io.offerflow.bench.load;

import io.offerflow.bench.run.FileAccess;
import io.offerflow.contract.Topic;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final Path folder;
    private final Map<Path, DataOutputStream> files = new HashMap<>();
    private final Map<Path, Long> sampled = new HashMap<>();

    /** Creates the files of all partitions, so that one without input has an empty file. */
    FootprintWriter(Path folder, int partitions) {
        this.folder = folder;
        Topic.inputs().forEach(topic -> IntStream.range(0, partitions).forEach(partition ->
                out(file(folder, new TopicPartition(topic.topicName(), partition)))));
    }

    static Path file(Path folder, TopicPartition partition) {
        return folder.resolve("footprints-%s.bin".formatted(partition));
    }

    static Path sample(Path folder, int number) {
        return folder.resolve("sample-%d.bin".formatted(number));
    }

    private DataOutputStream out(Path file) {
        return files.computeIfAbsent(file, path -> FileAccess.get("write " + path, () ->
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path), 1 << 16))));
    }

    /** Adds the footprint of the next input of a topic and partition. */
    void write(Topic topic, int partition, Footprint footprint) throws IOException {
        DataOutputStream out = out(file(folder, new TopicPartition(topic.topicName(), partition)));
        out.writeShort(footprint.reads().size());
        for (Footprint.StoreLookup read : footprint.reads()) {
            out.writeByte(read.store());
            bytes(out, read.key());
        }
        out.writeShort(footprint.writes().size());
        for (Footprint.StoreChange write : footprint.writes()) {
            out.writeByte(write.store());
            bytes(out, write.key());
            size(out, write.value(), write.store());
        }
        out.writeShort(footprint.sent().size());
        for (Footprint.FootprintRecord record : footprint.sent()) {
            record(out, record);
        }
    }

    private void record(DataOutputStream out, Footprint.FootprintRecord record) throws IOException {
        out.writeByte(record.topic().ordinal());
        bytes(out, record.key());
        if (record.topic() == Topic.COMMAND_OUTCOMES) {
            bytes(out, record.value().orElseThrow());
        } else {
            size(out, record.value(), FIRST_TOPIC + record.topic().ordinal());
        }
        var headers = record.headers().toArray();
        out.writeByte(headers.length);
        for (var header : headers) {
            out.writeByte(HEADERS.indexOf(header.key()));
            out.writeShort(header.value().length);
        }
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private void size(DataOutputStream out, Optional<byte[]> value, int number) throws IOException {
        out.writeInt(value.map(bytes -> bytes.length).orElse(TOMBSTONE));
        Path sample = sample(folder, number);
        if (value.isPresent() && sampled.merge(sample, (long) value.get().length, Long::sum) <= SAMPLE_BYTES) {
            out(sample).write(value.get());
        }
    }

    @Override
    public void close() {
        files.values().forEach(file -> FileAccess.run("write footprints", file::close));
    }
}
