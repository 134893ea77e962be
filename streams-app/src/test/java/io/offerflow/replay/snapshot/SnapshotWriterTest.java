package io.offerflow.replay.snapshot;

import static io.offerflow.replay.snapshot.SnapshotFixture.LITTLE;
import static io.offerflow.replay.snapshot.SnapshotFixture.PLENTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.MemoryJournal;
import io.offerflow.replay.journal.OffsetRange;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayPreconditionException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot has its name when it is complete, and a proof finds one that is wrong. */
class SnapshotWriterTest {

    @TempDir
    private Path folder;

    private SnapshotFixture fixture;

    @BeforeEach
    void aJournal() {
        fixture = new SnapshotFixture(folder);
    }

    @Test
    void aSnapshotIsNamedByItsNewestTimeAndItsEntries() throws Exception {
        SnapshotWriter.WrittenSnapshot written = write();

        assertThat(written.folder().getFileName().toString()).matches("2026-03-\\d\\dT\\d{6}Z-"
                + fixture.records.size());
        assertThat(written.existed()).isFalse();
        assertThat(SnapshotFixture.names(fixture.directory)).containsExactly(".lock",
                written.folder().getFileName().toString());
        SnapshotManifest manifest = SnapshotFixture.manifest(written.folder());
        assertThat(manifest.build()).isEqualTo("test-build");
        assertThat(manifest.partitions()).hasSize(SnapshotFixture.PARTITIONS).last()
                .satisfies(empty -> assertThat(empty.offset()).as("the last partition is empty").isZero());
        assertThat(manifest.partitions()).extracting(SnapshotManifest.SnapshotPart::sha256).isEqualTo(
                written.state().parts().stream().map(part -> part.sha256()).toList());
        assertThat(written.bytes()).isGreaterThan(5_000);
    }

    @Test
    void theSameFilesAreWrittenWhereverTheRebuildBegins() throws Exception {
        fixture.snapshot(0.5);
        Path following = fixture.writer().write(fixture.journal(), fixture.registry, fixture.withSnapshots(LITTLE),
                new ReplayBound.Latest()).folder();
        Path kept = Files.move(following, folder.resolve("kept"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(SnapshotFixture.manifest(write().folder())).isEqualTo(SnapshotFixture.manifest(kept));
    }

    @Test
    void aSecondRunAtTheSamePositionChangesNothing() throws Exception {
        Path first = write().folder();
        byte[] digests = Files.readAllBytes(first.resolve(FileDigests.FILE));
        SnapshotWriter.WrittenSnapshot second = write();
        assertThat(second.existed()).isTrue();
        assertThat(second.folder()).isEqualTo(first);
        assertThat(first.resolve(FileDigests.FILE)).hasBinaryContent(digests);
        assertThat(fixture.directory.resolve(SnapshotWriter.PARTIAL)).doesNotExist();
    }

    @Test
    void anInterruptedRunLeavesWhatTheNextOneDeletes() throws Exception {
        Journal broken = new FailingJournal(fixture.journal());
        assertThatThrownBy(() -> fixture.writer().write(broken, fixture.registry, fixture.options(PLENTY),
                new ReplayBound.Latest())).hasMessageContaining("the disk is gone");
        assertThat(SnapshotFixture.names(fixture.directory)).containsExactly(".lock", SnapshotWriter.PARTIAL);
        assertThat(SnapshotFixture.names(fixture.directory.resolve(SnapshotWriter.PARTIAL)))
                .as("files of the partitions before").isNotEmpty();
        Files.write(fixture.directory.resolve(SnapshotWriter.PARTIAL).resolve("partition-9-rows.sst"), new byte[9]);
        assertThat(SnapshotFixture.digests(fixture.rebuild(fixture.withSnapshots(PLENTY), new ReplayBound.Latest())))
                .as("a replay does not use it").isEqualTo(SnapshotFixture.digests(
                        fixture.rebuild(fixture.options(PLENTY), new ReplayBound.Latest())));

        Path complete = write().folder();
        assertThat(SnapshotFixture.names(fixture.directory)).containsExactly(".lock",
                complete.getFileName().toString());
        assertThat(SnapshotFixture.names(complete)).doesNotContain("partition-9-rows.sst");
    }

    @Test
    void twoRunsDoNotWriteAtTheSameTime() throws Exception {
        Files.createDirectories(fixture.directory);
        try (FileChannel other = FileChannel.open(fixture.directory.resolve(".lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
            other.lock();
            assertThatThrownBy(this::write).isInstanceOf(ReplayPreconditionException.class)
                    .hasMessageContaining("another run is writing a snapshot to");
        }
        write();
    }

    @Test
    void aJournalWithoutEntriesGivesNoSnapshot() throws Exception {
        assertThatThrownBy(() -> fixture.writer().write(new MemoryJournal(List.of(), 2), fixture.registry,
                fixture.options(PLENTY), new ReplayBound.Latest())).isInstanceOf(ReplayPreconditionException.class)
                .hasMessageContaining("the journal has no entries");
        assertThatThrownBy(() -> fixture.writer().write(fixture.journal(), fixture.registry, fixture.options(PLENTY),
                new ReplayBound.AtInstant(Instant.EPOCH))).isInstanceOf(IllegalArgumentException.class);
        assertThat(SnapshotDirectory.folders(fixture.directory)).isEmpty();
    }

    @Test
    void theOldestSnapshotsAreDeleted() throws Exception {
        List<Path> all = List.of(fixture.snapshot(0.2), fixture.snapshot(0.5), fixture.snapshot(0.9));
        assertThat(fixture.writer().deleteAllBut(2)).containsExactly(all.getFirst().getFileName().toString());
        assertThat(SnapshotDirectory.folders(fixture.directory)).isEqualTo(all.subList(1, 3));
        assertThat(fixture.writer().deleteAllBut(2)).isEmpty();
    }

    @Test
    void aProofComparesWithTheBeginning() throws Exception {
        Files.createDirectories(fixture.directory);
        assertThatThrownBy(this::proof).isInstanceOf(ReplayPreconditionException.class)
                .hasMessageContaining("there is no snapshot to verify");

        Path snapshot = fixture.snapshot(0.6);
        assertThat(proof()).hasSize(SnapshotFixture.PARTITIONS).allMatch(SnapshotProof.ProvenPartition::isEqual);

        Files.copy(snapshot.resolve(StoredSnapshot.rows(1)), snapshot.resolve(StoredSnapshot.rows(2)),
                StandardCopyOption.REPLACE_EXISTING);
        SnapshotFixture.digest(snapshot);
        assertThat(proof()).filteredOn(part -> !part.isEqual())
                .as("a wrong state with the right digests of its files").extracting(
                        SnapshotProof.ProvenPartition::partition).containsExactly(2);
    }

    private List<SnapshotProof.ProvenPartition> proof() throws InterruptedException {
        return SnapshotProof.run(fixture.journal(), fixture.registry, fixture.withSnapshots(PLENTY));
    }

    private SnapshotWriter.WrittenSnapshot write() throws InterruptedException {
        return fixture.writer().write(fixture.journal(), fixture.registry, fixture.options(PLENTY),
                new ReplayBound.Latest());
    }

    /** A journal whose last partition with entries cannot be read to its end. */
    private record FailingJournal(Journal whole) implements Journal {

        @Override
        public List<OffsetRange> ranges() {
            return whole.ranges();
        }

        @Override
        public void read(OffsetRange range, RecordHandler handler) {
            whole.read(range, record -> {
                if (range.partition() == 0 && record.offset() > 100) {
                    throw new IllegalStateException("the disk is gone");
                }
                return handler.handle(record);
            });
        }
    }
}
