package io.offerflow.bench.load;

import io.offerflow.bench.run.FileAccess;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a workload from disk in the order in which it is sent. */
public final class WorkloadReader implements AutoCloseable {

    static final String FILE = "commands.bin";

    private final DataInputStream in;

    public WorkloadReader(Path folder) {
        in = FileAccess.get("read a workload from " + folder, () -> new DataInputStream(new BufferedInputStream(
                Files.newInputStream(folder.resolve(FILE)), Workload.BUFFER)));
    }

    /** The next command; fails after the last one. */
    public WorkloadCommand next() {
        return FileAccess.get("read a command of the workload", () -> WorkloadCommand.read(in));
    }

    @Override
    public void close() {
        FileAccess.run("close a workload", in::close);
    }
}
