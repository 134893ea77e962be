package io.offerflow.replay.snapshot;

import static io.offerflow.replay.snapshot.SnapshotFixture.PLENTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.replay.fold.Rebuild;
import io.offerflow.replay.journal.JournalIdentity;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayPreconditionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot that would give a wrong state is refused by its name, and one of an older format is skipped. */
class SnapshotRefusalTest {

    @TempDir
    private Path folder;

    private SnapshotFixture fixture;
    private Path snapshot;

    @BeforeEach
    void aSnapshot() throws Exception {
        fixture = new SnapshotFixture(folder);
        snapshot = fixture.snapshot(0.5);
    }

    @Test
    void aBitThatIsFlippedInAnyFileIsFound() throws Exception {
        List<String> files = SnapshotFixture.names(snapshot);
        assertThat(files).hasSize(2 * 3 + 2).as("two files per partition with entries, manifest and digests");
        for (String file : files) {
            Path damaged = snapshot.resolve(file);
            byte[] content = Files.readAllBytes(damaged);
            for (int at : file.endsWith(".sst") ? List.of(content.length / 2)
                    : List.of(0, content.length / 2, content.length - 1)) {
                byte[] flipped = content.clone();
                flipped[at] ^= 1;
                Files.write(damaged, flipped);
                assertRefused(fixture.withSnapshots(PLENTY), "is damaged: ");
            }
            Files.write(damaged, content);
        }
        rebuild(fixture.withSnapshots(PLENTY));
        assertThat(folder.resolve("temporary")).as("copies are deleted").isEmptyDirectory();
    }

    @Test
    void aFileThatIsMissingOrCutIsFound() throws Exception {
        for (String file : List.of(SnapshotManifest.FILE, FileDigests.FILE, StoredSnapshot.headers(1),
                StoredSnapshot.rows(2))) {
            Path damaged = snapshot.resolve(file);
            byte[] content = Files.readAllBytes(damaged);
            Files.delete(damaged);
            assertRefused(fixture.withSnapshots(PLENTY), "is damaged: " + file + " is missing");
            Files.write(damaged, List.of());
            assertRefused(fixture.withSnapshots(PLENTY), "is damaged: ");
            Files.write(damaged, content);
        }
    }

    @Test
    void aSnapshotOfAnotherJournalIsRefused() {
        for (JournalIdentity other : List.of(new JournalIdentity("cluster", "created-again"),
                new JournalIdentity("other", "topic"))) {
            assertRefused(fixture.withSnapshots(PLENTY, other),
                    "is of another journal: topic id topic of cluster cluster");
        }
    }

    @Test
    void aSnapshotOfANewerReleaseIsRefused() throws Exception {
        SnapshotManifest written = SnapshotFixture.manifest(snapshot);
        SnapshotFixture.replace(snapshot, new SnapshotManifest(SnapshotManifest.FORMAT + 1, "b", written.journal(),
                written.formats(), written.partitions()));
        assertRefused(fixture.withSnapshots(PLENTY), "was made by a newer release: its format is 2, and this release"
                + " knows 1");
        withFormats(written, formats -> formats.merge("offer", 1, Integer::sum));
        assertRefused(fixture.withSnapshots(PLENTY), "was made by a newer release, build b: it has offer of format "
                + (written.formats().get("offer") + 1));
        withFormats(written, formats -> formats.put("kind of row to come", 1));
        assertRefused(fixture.withSnapshots(PLENTY), "was made by a newer release, build b: it has kind of row to"
                + " come of format 1, and this release knows 0");
    }

    @Test
    void aSnapshotWithAnInputOrASettingThatIsNotKnownIsRefused() throws Exception {
        SnapshotManifest written = SnapshotFixture.manifest(snapshot);
        SnapshotManifest.SnapshotPart part = written.partitions().getFirst();
        part.inputs().put("input-to-come", 1L);
        SnapshotFixture.replace(snapshot, written);
        assertRefused(fixture.withSnapshots(PLENTY), "was made by a newer release, build test-build: it has the"
                + " unknown input input-to-come");
        part.inputs().remove("input-to-come");
        part.policies().firstEntry().getValue().put("setting.to.come", "1");
        SnapshotFixture.replace(snapshot, written);
        assertRefused(fixture.withSnapshots(PLENTY), "was made by a newer release, build test-build: ");
    }

    @Test
    void aSnapshotOfAnOlderFormatIsSkipped() throws Exception {
        withFormats(SnapshotFixture.manifest(snapshot), formats -> formats.put("offer", 0));
        assertThat(SnapshotFixture.digests(fixture.rebuild(fixture.withSnapshots(PLENTY), new ReplayBound.Latest())))
                .isEqualTo(SnapshotFixture.digests(fixture.rebuild(fixture.options(PLENTY),
                        new ReplayBound.Latest())));
        assertThat(fixture.reported).anySatisfy(line -> assertThat(line).startsWith("Snapshot "
                + snapshot.getFileName() + " is skipped: it has an older stored format"))
                .anyMatch(line -> line.startsWith("All 3 partitions begin from the beginning of the journal"))
                .noneMatch(line -> line.contains("from snapshot"));
    }

    @Test
    void aSnapshotThatIsAheadOfTheJournalIsRefused() {
        assertThatThrownBy(() -> new Rebuild(fixture.journal(0.4), fixture.registry,
                fixture.withSnapshots(PLENTY)).run(new ReplayBound.Latest(), Optional.empty()))
                .isInstanceOf(ReplayPreconditionException.class)
                .hasMessageContaining("snapshot " + snapshot.getFileName() + " is ahead of the journal: partition 0")
                .hasMessageContaining("Entries are missing at the end of the journal");
    }

    @Test
    void otherFoldersAreIgnoredAndAMissingDirectoryIsNot() throws Exception {
        Files.createDirectories(fixture.directory.resolve("lost+found"));
        rebuild(fixture.withSnapshots(PLENTY));
        assertThatThrownBy(() -> rebuild(fixture.options(PLENTY).with(new SnapshotDirectory(folder.resolve("nowhere"),
                SnapshotFixture.IDENTITY, line -> { })))).isInstanceOf(ReplayPreconditionException.class)
                .hasMessageContaining("there is no directory").hasMessageContaining("nowhere");
    }

    private void withFormats(SnapshotManifest written, Consumer<SortedMap<String, Integer>> change)
            throws IOException {
        SortedMap<String, Integer> formats = new TreeMap<>(written.formats());
        change.accept(formats);
        SnapshotFixture.replace(snapshot, new SnapshotManifest(SnapshotManifest.FORMAT, "b", written.journal(),
                formats, written.partitions()));
    }

    private void rebuild(ReplayOptions options) throws InterruptedException {
        fixture.rebuild(options, new ReplayBound.Latest());
    }

    private void assertRefused(ReplayOptions options, String why) {
        assertThatThrownBy(() -> rebuild(options)).isInstanceOf(ReplayPreconditionException.class)
                .hasMessageStartingWith("snapshot " + snapshot.getFileName() + " ").hasMessageContaining(why)
                .hasMessageContaining("or replay with --from-beginning");
    }
}
