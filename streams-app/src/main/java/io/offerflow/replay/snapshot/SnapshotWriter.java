package io.offerflow.replay.snapshot;

import io.offerflow.codec.StateCodec;
import io.offerflow.contract.file.TextFiles;
import io.offerflow.contract.file.WholeFile;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.replay.fold.Rebuild;
import io.offerflow.replay.fold.StateFileWriter;
import io.offerflow.replay.fold.StateSink;
import io.offerflow.replay.journal.FoldPosition;
import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.JournalIdentity;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayPreconditionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;

/**
 * Writes snapshots to a directory, one run at a time. A snapshot has its name when it is complete: an interrupted run
 * leaves a folder that the next one deletes.
 */
public final class SnapshotWriter {

    /** The folder in which a snapshot is written until it is complete. */
    static final String PARTIAL = ".partial";

    private static final String LOCK = ".lock";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * The result of a run.
     *
     * @param bytes size of the files
     * @param existed whether the snapshot existed before; nothing was written then
     */
    public record WrittenSnapshot(Path folder, long bytes, boolean existed, Rebuild.RebuildResult state) {
    }

    private final Path directory;
    private final JournalIdentity identity;
    private final String build;

    /**
     * A writer to a directory, which is created if it is missing.
     *
     * @param identity of the journal
     * @param build version of this build
     */
    public SnapshotWriter(Path directory, JournalIdentity identity, String build) {
        this.directory = directory;
        this.identity = identity;
        this.build = build;
    }

    /**
     * Writes the state at the end of the journal, or at entries of it.
     *
     * @param options of the rebuild, which may begin from another snapshot
     * @throws ReplayPreconditionException if another run is writing, or the journal has no entries
     */
    public WrittenSnapshot write(Journal journal, SchemaRegistry registry, ReplayOptions options, ReplayBound bound)
            throws InterruptedException {
        if (bound instanceof ReplayBound.AtInstant) {
            throw new IllegalArgumentException("at an instant, the offers of a partition are not at one position");
        }
        try {
            Files.createDirectories(directory);
            try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE)) {
                lock(channel); // until the channel is closed
                return write(new Rebuild(journal, registry, options), bound);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a snapshot to " + directory + ": " + TextFiles.reason(e), e);
        }
    }

    private void lock(FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
        } catch (OverlappingFileLockException e) {
            throw new ReplayPreconditionException(
                    RootLocaleText.format("another run is writing a snapshot to %s; wait until it has ended",
                            directory));
        }
    }

    private WrittenSnapshot write(Rebuild rebuild, ReplayBound bound) throws IOException, InterruptedException {
        Path partial = directory.resolve(PARTIAL);
        Utils.delete(partial.toFile());
        Files.createDirectory(partial);
        Map<Integer, FoldPosition> positions = new ConcurrentSkipListMap<>();
        Rebuild.RebuildResult state = rebuild.run(bound, Optional.of(new FilesSink(partial)), positions::put);
        complete(partial, manifest(positions, state));
        Path folder = directory.resolve(name(positions));
        boolean existed = Files.exists(folder);
        if (existed) {
            Utils.delete(partial.toFile());
        } else {
            Utils.atomicMoveWithFallback(partial, folder);
        }
        return new WrittenSnapshot(folder, size(folder), existed, state);
    }

    private SnapshotManifest manifest(Map<Integer, FoldPosition> positions, Rebuild.RebuildResult state) {
        return new SnapshotManifest(SnapshotManifest.FORMAT, build, identity, new StateCodec().formats(),
                state.parts().stream().map(part -> SnapshotManifest.SnapshotPart.of(part.partition(),
                        positions.get(part.partition()), part.stats().offers(), part.sha256())).toList());
    }

    private static void complete(Path folder, SnapshotManifest manifest) throws IOException {
        WholeFile.write(folder.resolve(SnapshotManifest.FILE), out -> out.write(manifest.bytes()));
        FileDigests digests = FileDigests.of(folder, files(folder).stream()
                .map(file -> file.getFileName().toString()).toList());
        WholeFile.write(folder.resolve(FileDigests.FILE), out -> out.write(digests.bytes()));
        Utils.flushDir(folder);
    }

    private static String name(Map<Integer, FoldPosition> positions) {
        Instant newest = positions.values().stream().map(FoldPosition::newest).max(Comparator.naturalOrder())
                .filter(time -> time.isAfter(Instant.EPOCH)).orElseThrow(() -> new ReplayPreconditionException(
                        "there is nothing to take a snapshot of: the journal has no entries up to there"));
        return TIME.format(newest) + "-" + positions.values().stream().mapToLong(FoldPosition::number).sum();
    }

    /**
     * Deletes all snapshots but the newest ones.
     *
     * @param kept number of snapshots that stay
     * @return names of the deleted ones
     */
    public List<String> deleteAllBut(int kept) {
        List<Path> all = SnapshotDirectory.folders(directory);
        List<Path> old = all.subList(0, Math.max(0, all.size() - kept));
        try {
            for (Path folder : old) {
                Utils.delete(folder.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete snapshots in " + directory + ": " + TextFiles.reason(e), e);
        }
        return old.stream().map(folder -> folder.getFileName().toString()).toList();
    }

    private static long size(Path folder) throws IOException {
        long bytes = 0;
        for (Path file : files(folder)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Writes the state of each partition to its files; the writer names the folder when all of them are complete. */
    private record FilesSink(Path folder) implements StateSink {
        @Override
        public PartitionSink part(int partition) {
            return new StateFileWriter(folder.resolve(StoredSnapshot.headers(partition)),
                    folder.resolve(StoredSnapshot.rows(partition)));
        }

        @Override
        public void complete() {
            // the writer does
        }

        @Override
        public void close() {
            // the next run deletes what is not complete
        }
    }
}
