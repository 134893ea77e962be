package io.offerflow.bench.load;

import io.offerflow.bench.run.FileAccess;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.apache.kafka.common.TopicPartition;

/** Reads the footprints of one topic and partition in order. */
public final class FootprintReader {

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2 * FootprintWriter.LARGEST).flip();
    private final int partition;
    private boolean ended;
    private long read;

    public FootprintReader(Path folder, TopicPartition input) {
        file = FileAccess.get("read footprints", () -> FileChannel.open(FootprintWriter.file(folder, input)));
        partition = input.partition();
    }

    /** The footprint of the input at an offset; fails unless it is the next one. */
    public Footprint next(long offset) {
        if (offset != read++) {
            throw new IllegalStateException("read offset %d instead of %d".formatted(offset, read - 1));
        }
        if (buffer.remaining() < FootprintWriter.LARGEST && !ended) {
            fill();
        }
        return Footprint.read(buffer, partition);
    }

    private void fill() {
        buffer.compact();
        while (buffer.hasRemaining() && !ended) {
            ended = FileAccess.get("read footprints", () -> file.read(buffer)) < 0;
        }
        buffer.flip();
    }
}
