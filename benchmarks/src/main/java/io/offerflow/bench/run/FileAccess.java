package io.offerflow.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;

/** File operations that fail with an unchecked exception, since a benchmark cannot go on without its files. */
public final class FileAccess {

    private FileAccess() {
    }

    @FunctionalInterface
    public interface FileSupplier<T> {
        T get() throws IOException;
    }

    @FunctionalInterface
    public interface FileAction {
        void run() throws IOException;
    }

    /**
     * Returns what the supplier gives.
     *
     * @param what completes "cannot …" in the message of a failure
     * @throws UncheckedIOException if the supplier fails
     */
    public static <T> T get(String what, FileSupplier<T> supplier) {
        try {
            return supplier.get();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot " + what, e);
        }
    }

    /** Runs an action; otherwise like {@link #get}. */
    public static void run(String what, FileAction action) {
        get(what, () -> {
            action.run();
            return what;
        });
    }

    public static void deleteTree(Path folder) {
        run("delete " + folder, () -> Utils.delete(folder.toFile()));
    }
}
