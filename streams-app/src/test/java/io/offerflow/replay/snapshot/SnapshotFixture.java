package io.offerflow.replay.snapshot;

import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.replay.fold.Rebuild;
import io.offerflow.replay.fold.RebuildTest;
import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.JournalIdentity;
import io.offerflow.replay.journal.JournalRecord;
import io.offerflow.replay.journal.MemoryJournal;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayProgress;
import io.offerflow.topology.LiveRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A journal of four partitions, one of them empty, and a directory for snapshots of it. Offsets have gaps, as
 * transaction markers leave them.
 */
final class SnapshotFixture {

    static final JournalIdentity IDENTITY = new JournalIdentity("cluster", "topic");
    static final int PARTITIONS = 4;
    static final long PLENTY = 1L << 30;
    /** Bytes; less than the offers of a partition need. */
    static final long LITTLE = 20_000;

    private static final InMemoryRegistry REGISTRY = new InMemoryRegistry();
    private static final List<JournalRecord> RECORDS = records();

    final InMemoryRegistry registry = REGISTRY;
    final List<JournalRecord> records = RECORDS;
    final Path directory;
    final List<String> reported = new ArrayList<>();
    private final Path temporary;

    SnapshotFixture(Path folder) {
        directory = folder.resolve("snapshots");
        temporary = folder.resolve("temporary");
    }

    private static List<JournalRecord> records() {
        List<JournalRecord> records = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS - 1; partition++) {
            try (LiveRun run = new LiveRun(REGISTRY, 700 + partition).inputs(60 + 60 * partition)
                    .restart(RebuildTest.policy("stop.sell.delay", "PT6H")).inputs(60)) {
                for (JournalRecord record : run.journal()) {
                    records.add(new JournalRecord(partition, 2 * record.offset(), record.key(), record.value()));
                }
            }
        }
        return List.copyOf(records);
    }

    Journal journal() {
        return new MemoryJournal(records, PARTITIONS);
    }

    /** The journal when each partition had a part of its entries. */
    Journal journal(double part) {
        ReplayBound.AtEntries bound = at(part);
        return new MemoryJournal(records.stream()
                .filter(record -> record.offset() <= bound.offsets().get(record.partition())).toList(), PARTITIONS);
    }

    /** The journal without the first part of its entries. */
    Journal journalWithout(double part) {
        ReplayBound.AtEntries bound = at(part);
        return new MemoryJournal(records.stream()
                .filter(record -> record.offset() > bound.offsets().get(record.partition())).toList(), PARTITIONS);
    }

    /** The bound at which each partition has a part of its entries. */
    ReplayBound.AtEntries at(double part) {
        Map<Integer, Long> offsets = new TreeMap<>();
        journal().ranges().forEach(range -> offsets.put(range.partition(), (long) (part * (range.to() - 1))));
        return new ReplayBound.AtEntries(offsets);
    }

    /** Options without snapshots. */
    ReplayOptions options(long memory) {
        return new ReplayOptions(2, memory, temporary, ReplayProgress.NONE);
    }

    ReplayOptions withSnapshots(long memory) {
        return withSnapshots(memory, IDENTITY);
    }

    ReplayOptions withSnapshots(long memory, JournalIdentity identity) {
        return options(memory).with(new SnapshotDirectory(directory, identity, reported::add));
    }

    SnapshotWriter writer() {
        return new SnapshotWriter(directory, IDENTITY, "test-build");
    }

    /** Writes a snapshot of a part of the journal, read from the beginning. */
    Path snapshot(double part) throws InterruptedException {
        return writer().write(journal(), registry, options(PLENTY), at(part)).folder();
    }

    Rebuild.RebuildResult rebuild(ReplayOptions options, ReplayBound bound) throws InterruptedException {
        return new Rebuild(journal(), registry, options).run(bound, Optional.empty());
    }

    static List<String> digests(Rebuild.RebuildResult result) {
        return result.parts().stream().map(part -> part.partition() + " " + part.sha256() + " "
                + part.stats().offers()).toList();
    }

    static SnapshotManifest manifest(Path folder) throws IOException {
        return SnapshotManifest.parse(Files.readAllBytes(folder.resolve(SnapshotManifest.FILE)));
    }

    /** Replaces the manifest, and the digests with it. */
    static void replace(Path folder, SnapshotManifest manifest) throws IOException {
        Files.write(folder.resolve(SnapshotManifest.FILE), manifest.bytes());
        digest(folder);
    }

    /** Writes the digests of the files again. */
    static void digest(Path folder) throws IOException {
        Files.delete(folder.resolve(FileDigests.FILE));
        Files.write(folder.resolve(FileDigests.FILE), FileDigests.of(folder, names(folder)).bytes());
    }

    static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
