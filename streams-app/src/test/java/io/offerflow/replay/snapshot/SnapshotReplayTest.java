package io.offerflow.replay.snapshot;

import static io.offerflow.replay.snapshot.SnapshotFixture.LITTLE;
import static io.offerflow.replay.snapshot.SnapshotFixture.PLENTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.avro.JournalEntry;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.replay.explain.Explain;
import io.offerflow.replay.fold.Rebuild;
import io.offerflow.replay.fold.RebuildTest;
import io.offerflow.replay.journal.FoldPosition;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayHaltedException;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.whatif.WhatIf;
import io.offerflow.replay.whatif.WhatIfReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay that begins from a snapshot gives what one from the beginning gives. */
class SnapshotReplayTest {

    @TempDir
    private Path folder;

    private SnapshotFixture fixture;

    @BeforeEach
    void aJournalWithSnapshots() throws Exception {
        fixture = new SnapshotFixture(folder);
        fixture.snapshot(0.3);
        fixture.writer().write(fixture.journal(), fixture.registry, fixture.withSnapshots(LITTLE), fixture.at(0.7));
    }

    @Test
    void theStateIsThatFromTheBeginningAtAnyBound() throws Exception {
        Random random = new Random(4);
        List<ReplayBound> bounds = new ArrayList<>(List.of(new ReplayBound.Latest(), fixture.at(0.7), fixture.at(0.3)));
        for (int number = 0; number < 4; number++) {
            bounds.add(fixture.at(random.nextDouble()));
            bounds.add(new ReplayBound.AtInstant(instant(random)));
        }
        long skipped = 0;
        for (ReplayBound bound : bounds) {
            Rebuild.RebuildResult expected = fixture.rebuild(fixture.options(PLENTY), bound);
            Rebuild.RebuildResult found = fixture.rebuild(
                    fixture.withSnapshots(random.nextBoolean() ? PLENTY : LITTLE), bound);
            assertThat(SnapshotFixture.digests(found)).as("%s", bound).isEqualTo(SnapshotFixture.digests(expected));
            skipped += expected.totals().entries() - found.totals().entries();
        }
        assertThat(skipped).as("entries that were not read").isGreaterThan(1_000);
        assertThat(fixture.reported).anyMatch(line -> line.startsWith("All 3 partitions begin from snapshot"))
                .anyMatch(line -> line.contains("from the beginning of the journal: no snapshot in"));
        assertThat(folder.resolve("temporary")).as("copies are deleted").isEmptyDirectory();
    }

    @Test
    void onlyEntriesAfterTheNewestSnapshotAreRead() throws Exception {
        long all = fixture.rebuild(fixture.options(PLENTY), new ReplayBound.Latest()).totals().entries();
        long before = fixture.rebuild(fixture.options(PLENTY), fixture.at(0.7)).totals().entries();
        assertThat(fixture.rebuild(fixture.withSnapshots(PLENTY), new ReplayBound.Latest()).totals().entries())
                .isEqualTo(all - before);
        assertThat(fixture.rebuild(fixture.withSnapshots(PLENTY), new ReplayBound.Latest()).totals().spilled())
                .as("memory was not exceeded").isZero();
        assertThat(fixture.rebuild(fixture.withSnapshots(LITTLE), new ReplayBound.Latest()).totals().spilled())
                .isPositive();
    }

    @Test
    void aSnapshotReplacesABeginningThatWasDeleted() throws Exception {
        ReplayBound latest = new ReplayBound.Latest();
        Rebuild.RebuildResult expected = fixture.rebuild(fixture.options(PLENTY), latest);
        assertThat(SnapshotFixture.digests(new Rebuild(fixture.journalWithout(0.5), fixture.registry,
                fixture.withSnapshots(PLENTY)).run(latest, Optional.empty())))
                .isEqualTo(SnapshotFixture.digests(expected));
        for (ReplayOptions options : List.of(fixture.options(PLENTY), fixture.withSnapshots(PLENTY))) {
            assertThatThrownBy(() -> new Rebuild(fixture.journalWithout(0.8), fixture.registry, options)
                    .run(latest, Optional.empty())).isInstanceOf(ReplayHaltedException.class)
                    .hasMessageContaining("all entries before it were deleted");
        }
    }

    @Test
    void thePositionIsThatFromTheBeginning() throws Exception {
        assertThat(positions(fixture.withSnapshots(PLENTY), new ReplayBound.Latest()))
                .isEqualTo(positions(fixture.options(PLENTY), new ReplayBound.Latest()))
                .hasSize(SnapshotFixture.PARTITIONS);
    }

    @Test
    void anOfferIsAsItWasWhereverTheReplayBegins() throws Exception {
        Random random = new Random(5);
        int found = 0;
        for (int number = 0; number < 12; number += 3) {
            OfferKey offer = new OfferKey("contoso", "offer-" + number);
            for (ReplayBound bound : List.of(new ReplayBound.Latest(), fixture.at(0.8),
                    new ReplayBound.AtInstant(instant(random)))) {
                Optional<Explain.OfferAtPoint> expected = show(fixture.options(PLENTY), offer, bound);
                assertThat(show(fixture.withSnapshots(PLENTY), offer, bound)).as("%s at %s", offer, bound)
                        .isEqualTo(expected);
                found += expected.isPresent() ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThan(4);
    }

    @Test
    void oneOfferTakesTheFilesOfItsPartitionOnly() throws Exception {
        OfferKey offer = new OfferKey("contoso", "offer-0");
        int partition = Utils.toPositive(Utils.murmur2(offer.toString().getBytes(StandardCharsets.UTF_8)))
                % SnapshotFixture.PARTITIONS;
        for (Path snapshot : SnapshotDirectory.folders(fixture.directory)) {
            for (int other = 0; other < SnapshotFixture.PARTITIONS; other++) {
                if (other != partition) {
                    Files.deleteIfExists(snapshot.resolve(StoredSnapshot.rows(other)));
                }
            }
        }
        assertThat(show(fixture.withSnapshots(PLENTY), offer, new ReplayBound.Latest()))
                .isEqualTo(show(fixture.options(PLENTY), offer, new ReplayBound.Latest()));
    }

    @Test
    void aWhatIfAboutTheEndOfTheJournalIsTheSame() throws Exception {
        Instant after = positions(fixture.options(PLENTY), fixture.at(0.3)).values().stream()
                .map(FoldPosition::newest).max(Comparator.naturalOrder()).orElseThrow();
        for (boolean follow : List.of(false, true)) {
            WhatIfReport expected = whatIf(fixture.options(PLENTY), follow, Optional.of(after));
            WhatIfReport found = whatIf(fixture.withSnapshots(PLENTY), follow, Optional.of(after));
            assertThat(found.differences()).isEqualTo(expected.differences()).isNotEmpty();
            assertThat(found.divergences()).isEqualTo(expected.divergences());
            assertThat(found.counts()).isEqualTo(expected.counts());
            assertThat(found.settings()).isEqualTo(expected.settings());
            assertThat(found.differences()).allMatch(difference -> difference.at().isAfter(after));

            WhatIfReport whole = whatIf(fixture.withSnapshots(PLENTY), follow, Optional.empty());
            assertThat(whole.counts()).as("a question about all inputs reads them all")
                    .isEqualTo(whatIf(fixture.options(PLENTY), follow, Optional.empty()).counts());
            assertThat(whole.counts().judged()).isGreaterThan(found.counts().judged());
        }
        assertThat(fixture.reported).anyMatch(line -> line.contains("from snapshot"));
    }

    private Map<Integer, FoldPosition> positions(ReplayOptions options, ReplayBound bound)
            throws InterruptedException {
        Map<Integer, FoldPosition> positions = new ConcurrentSkipListMap<>();
        new Rebuild(fixture.journal(), fixture.registry, options).run(bound, Optional.empty(), positions::put);
        return new TreeMap<>(positions);
    }

    private Optional<Explain.OfferAtPoint> show(ReplayOptions options, OfferKey offer, ReplayBound bound) {
        return new Explain(fixture.journal(), fixture.registry, options).offerAt(offer, bound);
    }

    private WhatIfReport whatIf(ReplayOptions options, boolean follow, Optional<Instant> after)
            throws InterruptedException {
        return new WhatIf(fixture.journal(), fixture.registry, options, "test-build").run(new WhatIf.WhatIfQuestion(
                policy -> RebuildTest.with(policy, "limit.listing-name", "3"), follow, 10_000, after));
    }

    /** The time of a random entry. */
    private Instant instant(Random random) {
        return IntStream.generate(() -> random.nextInt(fixture.records.size())).mapToObj(fixture.records::get)
                .map(record -> (JournalEntry) new AvroDecoder(fixture.registry).decode(Topic.OFFER_JOURNAL,
                        record.value().orElseThrow())).map(JournalEntry::getNow).findFirst().orElseThrow();
    }
}
