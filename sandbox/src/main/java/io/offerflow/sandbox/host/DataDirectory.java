package io.offerflow.sandbox.host;

import io.offerflow.contract.file.TextFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** The directory of one sandbox, locked while it runs, and deleted at the end if it is temporary. */
public final class DataDirectory implements AutoCloseable {

    private final Path root;
    private final boolean temporary;
    private final FileChannel lockFile;

    private DataDirectory(Path root, boolean temporary, FileChannel lockFile) {
        this.root = root;
        this.temporary = temporary;
        this.lockFile = lockFile;
    }

    public static DataDirectory open(Optional<Path> wanted) {
        try {
            Path root = wanted.isPresent() ? Files.createDirectories(wanted.get().toAbsolutePath())
                    : Files.createTempDirectory("offerflow-sandbox-");
            return new DataDirectory(root, wanted.isEmpty(), lock(root));
        } catch (IOException e) {
            throw new SandboxException("cannot use the data directory %s: %s; name another one that can be written"
                    .formatted(wanted.map(Path::toString).orElse("for temporary files"),
                            TextFiles.reason(e)), e);
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel file = FileChannel.open(root.resolve("sandbox.lock"),
                StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(file).isEmpty()) {
            file.close();
            throw new SandboxException("another sandbox is using " + root
                    + "; stop it, or use another data directory");
        }
        return file;
    }

    private static Optional<FileLock> tryLock(FileChannel file) throws IOException {
        try {
            return Optional.ofNullable(file.tryLock());
        } catch (OverlappingFileLockException heldInThisProcess) {
            return Optional.empty();
        }
    }

    public Path broker() {
        return root.resolve("broker");
    }

    public Path registryFile() {
        return root.resolve("registry.jsonl");
    }

    @Override
    public void close() {
        try {
            lockFile.close();
            if (temporary) {
                deleteAll();
            }
        } catch (IOException e) {
            throw new SandboxException("cannot delete " + root + ": " + e, e);
        }
    }

    private void deleteAll() throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
