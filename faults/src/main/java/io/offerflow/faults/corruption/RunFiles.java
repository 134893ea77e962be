package io.offerflow.faults.corruption;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/**
 * The files of a broker, a registry and an instance.
 *
 * @param root folder of all of them
 * @param applicationId of the service
 */
record RunFiles(Path root, String applicationId) {

    static final String APPLICATION = "offerflow";

    static String changelog(String store) {
        return "%s-%s-changelog".formatted(APPLICATION, store);
    }

    /** Data directory of broker and registry. */
    Path broker() {
        return root.resolve("data");
    }

    Path state() {
        return root.resolve("state");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path task(int partition) {
        return state().resolve(applicationId).resolve("0_" + partition);
    }

    Path store(int partition, String store) {
        return task(partition).resolve("rocksdb").resolve(store);
    }

    Path partition(String topic, int partition) {
        return broker().resolve("broker").resolve("%s-%d".formatted(topic, partition));
    }

    /** The same files with the state of another application id. */
    RunFiles of(String otherApplicationId) {
        return new RunFiles(root, otherApplicationId);
    }

    /** Copies everything but logs to a new folder; files of an index are large and empty. */
    RunFiles copyTo(Path folder) {
        delete(folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + folder, e);
        }
        copy(broker(), folder.resolve("data"));
        copy(state(), folder.resolve("state"));
        return new RunFiles(folder, applicationId);
    }

    /** Copies a file or a folder over another one, which is deleted first. */
    static void copy(Path from, Path to) {
        delete(to);
        try {
            int code = new ProcessBuilder(List.of("cp", "-a", "--sparse=always", from.toString(), to.toString()))
                    .inheritIO().start().waitFor();
            if (code != 0) {
                throw new IllegalStateException("cp of %s to %s ended with %d".formatted(from, to, code));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + from, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while copying " + from, e);
        }
    }

    static void delete(Path path) {
        try {
            Utils.delete(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }
}
