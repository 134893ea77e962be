package io.offerflow.faults.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of its own for a state directory, which can be filled. It needs the right to mount. */
final class SmallDisk {

    private static final String SIZE = "size=256m";
    private static final int BLOCK = 64 * 1024;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Mounts it; empty if this user may not. */
    static Optional<SmallDisk> mount(Path folder) throws InterruptedException {
        try {
            Files.createDirectories(folder);
            boolean mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", SIZE, "offerflow-faults",
                    folder.toString()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor() == 0;
            return mounted ? Optional.of(new SmallDisk(folder)) : Optional.empty();
        } catch (IOException noMount) {
            return Optional.empty();
        }
    }

    /** Writes until there is no space left. */
    void fill() {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            // as intended
        }
    }

    /** Makes the space free again. */
    void empty() {
        try {
            Files.deleteIfExists(filler());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + filler(), e);
        }
    }

    private Path filler() {
        return folder.resolve("filler");
    }
}
