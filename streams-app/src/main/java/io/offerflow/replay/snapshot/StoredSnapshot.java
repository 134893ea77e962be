package io.offerflow.replay.snapshot;

import io.offerflow.contract.file.TextFiles;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.replay.journal.FoldPosition;
import io.offerflow.replay.journal.PartitionSnapshot;
import io.offerflow.replay.journal.ReplayPreconditionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A snapshot in its folder. The files of a partition are read and checked when a replay begins with them. */
final class StoredSnapshot {

    private final Path folder;
    private final FileDigests digests;
    private final SnapshotManifest manifest;

    private StoredSnapshot(Path folder, FileDigests digests, SnapshotManifest manifest) {
        this.folder = folder;
        this.digests = digests;
        this.manifest = manifest;
    }

    /**
     * Opens a snapshot.
     *
     * @throws ReplayPreconditionException if its manifest or the list of digests is missing, damaged, or of a newer
     *         release
     */
    static StoredSnapshot open(Path folder) {
        FileDigests digests = FileDigests.parse(new String(read(folder, FileDigests.FILE), StandardCharsets.US_ASCII))
                .orElseThrow(() -> damaged(folder, FileDigests.FILE + " has lines that are not digests"));
        byte[] manifest = read(folder, SnapshotManifest.FILE);
        try {
            check(folder, digests, SnapshotManifest.FILE,
                    FileDigests.digest(new ByteArrayInputStream(manifest), OutputStream.nullOutputStream()));
            if (SnapshotManifest.format(manifest) > SnapshotManifest.FORMAT) {
                throw refused(folder, RootLocaleText.format("was made by a newer release: its format is %d, and this "
                        + "release knows %d", SnapshotManifest.format(manifest), SnapshotManifest.FORMAT));
            }
            return new StoredSnapshot(folder, digests, SnapshotManifest.parse(manifest));
        } catch (IOException e) {
            throw damaged(folder, SnapshotManifest.FILE + " is not a manifest");
        }
    }

    String name() {
        return folder.getFileName().toString();
    }

    SnapshotManifest manifest() {
        return manifest;
    }

    /**
     * The state of one partition; empty if it has no entry in it.
     *
     * @throws ReplayPreconditionException if it has a policy or an input that this release does not know
     */
    Optional<PartitionSnapshot> partition(int partition) {
        return manifest.part(partition).filter(part -> part.offset() > 0)
                .map(part -> new StoredPartition(part, position(part)));
    }

    private FoldPosition position(SnapshotManifest.SnapshotPart part) {
        try {
            return part.position();
        } catch (IllegalArgumentException e) {
            throw refused(RootLocaleText.format("was made by a newer release, build %s: %s", manifest.build(),
                    e.getMessage()));
        }
    }

    /** A reason not to use this snapshot. */
    ReplayPreconditionException refused(String why) {
        return refused(folder, why);
    }

    static String headers(int partition) {
        return RootLocaleText.format("partition-%d-headers.sst", partition);
    }

    static String rows(int partition) {
        return RootLocaleText.format("partition-%d-rows.sst", partition);
    }

    private static byte[] read(Path folder, String file) {
        try {
            return Files.readAllBytes(folder.resolve(file));
        } catch (IOException e) {
            throw unreadable(folder, file, e);
        }
    }

    private static void check(Path folder, FileDigests digests, String file, String digest) {
        if (!digest.equals(digests.byName().get(file))) {
            throw damaged(folder, file + " does not have the digest of " + FileDigests.FILE);
        }
    }

    private static ReplayPreconditionException unreadable(Path folder, String file, IOException e) {
        return damaged(folder, file + (e instanceof NoSuchFileException ? " is missing"
                : " cannot be read: " + TextFiles.reason(e)));
    }

    private static ReplayPreconditionException damaged(Path folder, String how) {
        return refused(folder, "is damaged: " + how);
    }

    private static ReplayPreconditionException refused(Path folder, String why) {
        return new ReplayPreconditionException(RootLocaleText.format(
                "snapshot %s %s; move it out of %s, or replay with --from-beginning", folder.getFileName(), why,
                folder.toAbsolutePath().getParent()));
    }

    /** One partition. */
    private final class StoredPartition implements PartitionSnapshot {

        private final SnapshotManifest.SnapshotPart part;
        private final FoldPosition position;

        StoredPartition(SnapshotManifest.SnapshotPart part, FoldPosition position) {
            this.part = part;
            this.position = position;
        }

        @Override
        public String name() {
            return StoredSnapshot.this.name();
        }

        @Override
        public FoldPosition position() {
            return position;
        }

        @Override
        public long offers() {
            return part.offers();
        }

        @Override
        public List<Path> copyTo(Path target) {
            List<Path> copies = new ArrayList<>();
            Stream.of(headers(part.partition()), rows(part.partition())).filter(file ->
                    digests.byName().containsKey(file) || Files.exists(folder.resolve(file))).forEach(file -> {
                        copies.add(target.resolve(file));
                        check(folder, digests, file, copy(file, target.resolve(file)));
                    });
            return copies;
        }

        private String copy(String file, Path target) {
            try (InputStream in = Files.newInputStream(folder.resolve(file))) {
                Files.createDirectories(target.getParent());
                try (OutputStream out = Files.newOutputStream(target)) {
                    return FileDigests.digest(in, out);
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot write " + target + ": " + TextFiles.reason(e), e);
                }
            } catch (IOException e) {
                throw unreadable(folder, file, e);
            }
        }
    }
}
