package io.offerflow.topology;

import static io.offerflow.topology.TopologyHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.JournalFold;
import io.offerflow.RandomInputs;
import io.offerflow.avro.EntryKind;
import io.offerflow.avro.JournalEntry;
import io.offerflow.codec.TaskPosition;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.state.LiveVersion;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.PublishingRun;
import io.offerflow.domain.state.row.AudienceIndexRow;
import io.offerflow.domain.state.row.AudienceMemberRow;
import io.offerflow.domain.state.row.PlanOverviewRow;
import io.offerflow.domain.state.row.RowKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal is the truth: folded again it gives the bytes of the stores, whatever was sent and when. */
class JournalFoldTest {

    private static final List<OfferKey> OFFERS = Stream.of("a", "b", "c").map(id ->
            new OfferKey("contoso", id)).toList();
    private static final int STEPS = 1_000;
    private static final Set<String> MET = new TreeSet<>();

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final TopologyHarness bench = TopologyHarness.start(TopologySettings.defaults("test-build", 1), registry);
    private final JournalFold fold = new JournalFold(registry);

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theJournalFoldedAgainIsTheStoresByteForByte(long seed) {
        run(new Random(seed));

        assertThat(stored(TopologyNames.OFFERS)).isEqualTo(fold.offers()).isNotEmpty();
        assertThat(stored(TopologyNames.CONTENTS)).isEqualTo(fold.contents()).isNotEmpty();
        assertThat(TaskPosition.decode(bench.store(TopologyNames.POSITIONS).get(TaskPosition.KEY)))
                .isEqualTo(fold.position());
        fold.headers().forEach((offer, facts) -> assertThat(fold.rows(offer).keySet().stream()
                .filter(JournalFoldTest::goesWithItsNumber))
                .as("rows of %s, of which no number resolves to others", offer)
                .containsExactlyInAnyOrderElementsOf(resolved(offer, facts)));
        bench.andNothingElse();
    }

    @AfterAll
    static void theseWorkloadsHaveMetWhatThereIsToMeet() {
        assertThat(MET).contains("ACCEPTED", "REJECTED", "DUPLICATE", "IGNORED", "QUARANTINED", "TIME",
                "COMMAND_ID_REUSED", "VERSION_CONFLICT", "OfferCreated", "SectionSaved", "SectionAssessed",
                "OfferSubmitted", "SubmissionSuperseded", "StepSucceeded", "PreviewReady", "OfferSignedOff",
                "OfferWentLive", "PublishFailed", "PublishCancelled", "DraftDeleted", "SellingStopRequested",
                "SellingResumed", "SellingStopped", "PlanSaved", "PlanDeleted", "AudienceIdAdded", "AudienceIdRemoved",
                "AudienceChunkStaged", "AudienceImported").doesNotContain("INTERNAL_ERROR");
    }

    private void run(Random random) {
        RandomInputs inputs = new RandomInputs(random);
        Instant appended = START;
        for (int step = 0; step < STEPS; step++) {
            OfferKey offer = OFFERS.get(random.nextInt(OFFERS.size()));
            appended = appended.plusSeconds(random.nextInt(80) == 0 ? 18_000 : random.nextInt(30));
            if (random.nextInt(40) == 0) {
                byte[] poison = new byte[random.nextInt(20)];
                random.nextBytes(poison);
                bench.send(Topic.STEP_RESULTS, offer.toString().getBytes(StandardCharsets.UTF_8), poison, appended);
            } else {
                bench.send(inputs.next(offer, fold.headers().getOrDefault(offer, OfferHeader.NONE)),
                        appended.minusSeconds(random.nextInt(10) == 0 ? 900 : 0));
            }
            if (random.nextInt(30) == 0) {
                bench.pass(Duration.ofHours(random.nextInt(8)));
            }
            read();
        }
        bench.pass(Duration.ofDays(30));
        read();
    }

    private void read() {
        while (bench.has(Topic.COMMAND_OUTCOMES)) {
            bench.outcome();
        }
        while (bench.has(Topic.OFFER_JOURNAL)) {
            var record = bench.raw(Topic.OFFER_JOURNAL);
            JournalEntry line = (JournalEntry) bench.decode(Topic.OFFER_JOURNAL, record.value());
            assertThat(line.getNumber()).as("without a hole").isEqualTo(fold.position().number() + 1);
            fold.add(record.key(), line);
            MET.add(line.getKind() == EntryKind.TIME ? "TIME" : line.getResult().name());
            MET.add(String.valueOf(line.getReason()));
            Stream.concat(line.getEvents().stream(), line.getDue().stream().map(due -> due.getEvent()))
                    .forEach(event -> MET.add(event.getClass().getSimpleName()));
        }
        bench.skip();
    }

    private SortedMap<String, String> stored(String store) {
        SortedMap<String, String> found = new TreeMap<>();
        try (var all = bench.store(store).all()) {
            all.forEachRemaining(row -> found.put(JournalFold.hex(row.key), JournalFold.hex(row.value)));
        }
        return found;
    }

    /** What is sold, what has ended and what customers have is kept for ever. */
    private static boolean goesWithItsNumber(RowKey key) {
        return key instanceof RowKey.SectionKey || key instanceof RowKey.PlanKey
                || key instanceof RowKey.SubmissionNotesKey
                || key instanceof RowKey.AudienceMemberKey;
    }

    /** The rows that the draft, the run or the live version resolve to. */
    private Set<RowKey> resolved(OfferKey offer, OfferHeader facts) {
        Set<RowKey> keys = new HashSet<>();
        List<Long> numbers = Stream.of(facts.exists() ? Stream.of(facts.revision()) : Stream.<Long>empty(),
                facts.activeRun().map(PublishingRun::revision).stream(), facts.live().map(LiveVersion::revision)
                        .stream())
                .flatMap(all -> all).toList();
        numbers.forEach(number -> facts.sections().forEach((section, saved) -> saved.at(number).ifPresent(revision -> {
            RowKey.SectionKey key = new RowKey.SectionKey(section, revision.number());
            keys.add(key);
            if (section == SectionId.PLAN_OVERVIEW && fold.rows(offer).get(key) instanceof PlanOverviewRow overview) {
                overview.plans().forEach((planId, plan) -> keys.add(new RowKey.PlanKey(planId, plan.revision())));
            }
        })));
        facts.run().map(run -> new RowKey.SubmissionNotesKey(run.submission())).filter(fold.rows(offer)::containsKey)
                .ifPresent(keys::add);
        fold.rows(offer).forEach((key, row) -> {
            if (key instanceof RowKey.AudienceMemberKey member && isReferredTo(offer, member,
                    (AudienceMemberRow) row)) {
                keys.add(key);
            }
        });
        return keys;
    }

    /** Whether an open import, or an audience that is kept, is what a member's row is there for. */
    private boolean isReferredTo(OfferKey offer, RowKey.AudienceMemberKey key, AudienceMemberRow member) {
        return Optional.ofNullable((AudienceIndexRow) fold.rows(offer).get(new RowKey.AudienceIndexKey()))
                .map(all -> all.plans().get(key.planId())).filter(audience -> audience.staged()
                        .filter(open -> open.generation() == key.generation()).isPresent()
                        || audience.revisions().stream().anyMatch(stamp -> stamp.generation() == key.generation()
                                && member.isInAt(stamp.number()))).isPresent();
    }
}
