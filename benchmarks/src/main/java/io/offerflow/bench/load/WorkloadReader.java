package io.offerflow.bench.load;

import io.offerflow.avro.Result;
import io.offerflow.bench.file.FileAccess;
import io.offerflow.contract.Topic;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a workload from disk in the order in which it is sent. */
public final class WorkloadReader implements AutoCloseable {

    private static final Topic[] TOPICS = Topic.values();
    private static final Result[] RESULTS = Result.values();

    static final String FILE = "commands.bin";
    static final int BUFFER = 1 << 20;

    private final DataInputStream in;

    public WorkloadReader(Path folder) {
        in = FileAccess.get("read a workload from " + folder, () -> new DataInputStream(new BufferedInputStream(
                Files.newInputStream(folder.resolve(FILE)), BUFFER)));
    }

    /** The next command; fails after the last one. */
    public WorkloadCommand next() {
        return FileAccess.get("read a command of the workload", () -> {
            int epoch = in.readInt();
            Topic topic = TOPICS[in.readByte()];
            Result expected = RESULTS[in.readByte()];
            byte[] key = in.readNBytes(in.readShort());
            return new WorkloadCommand(epoch, topic, key, in.readNBytes(in.readInt()), expected);
        });
    }

    @Override
    public void close() {
        FileAccess.run("close a workload", in::close);
    }
}
