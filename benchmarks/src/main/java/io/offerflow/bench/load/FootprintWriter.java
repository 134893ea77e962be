package io.offerflow.bench.load;

import io.offerflow.bench.run.FileAccess;
import io.offerflow.contract.Topic;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/** Writes footprints, one file per input topic and partition, in the order of offsets. */
final class FootprintWriter implements AutoCloseable {

    /** Most bytes of one footprint. */
    static final int LARGEST = 1 << 20;

    private final Map<TopicPartition, FileChannel> files = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(LARGEST);

    /** Creates the files of all partitions, so that one without input has an empty file. */
    FootprintWriter(Path folder, int partitions) {
        Topic.inputs().forEach(topic -> IntStream.range(0, partitions).mapToObj(partition ->
                new TopicPartition(topic.topicName(), partition)).forEach(input -> files.put(input,
                        FileAccess.get("write footprints", () -> FileChannel.open(file(folder, input),
                                StandardOpenOption.CREATE, StandardOpenOption.WRITE)))));
    }

    static Path file(Path folder, TopicPartition input) {
        return folder.resolve("footprints-%s.bin".formatted(input));
    }

    /** Adds the footprint of the next input of a topic and partition. */
    void write(TopicPartition input, Footprint footprint) {
        buffer.clear();
        footprint.write(buffer);
        FileAccess.run("write footprints", () -> files.get(input).write(buffer.flip()));
    }

    @Override
    public void close() {
        files.values().forEach(file -> FileAccess.run("write footprints", file::close));
    }
}
