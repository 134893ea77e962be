package io.offerflow.contract.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/** Writes a file that is complete once it has its name: a full disk or a crash leaves what was there before. */
public final class WholeFile {

    /** Writes the content. */
    public interface FileContent {
        void write(OutputStream out) throws IOException;
    }

    private WholeFile() {
    }

    /** Writes text in UTF-8. */
    public static void write(Path target, String text) throws IOException {
        write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes content to a temporary file, syncs it, and gives it the name; a link is followed. */
    public static void write(Path target, FileContent content) throws IOException {
        Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        if (Files.exists(real) && !Files.isRegularFile(real)) {
            try (OutputStream out = Files.newOutputStream(real)) { // a device or a pipe has no content to keep
                content.write(out);
            }
            return;
        }
        Path temporary = real.resolveSibling(".%s.%d.tmp".formatted(real.getFileName(), ProcessHandle.current().pid()));
        try {
            fill(temporary, real, content);
            Files.move(temporary, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void fill(Path temporary, Path real, FileContent content) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            if (Files.exists(real)) {
                keepPermissions(real, temporary);
            }
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            content.write(out);
            out.flush();
            channel.force(true);
        }
    }

    /** The file may have secrets that others must not read. */
    private static void keepPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(from, PosixFileAttributeView.class);
        if (view != null) {
            Files.setPosixFilePermissions(to, view.readAttributes().permissions());
        }
    }
}
