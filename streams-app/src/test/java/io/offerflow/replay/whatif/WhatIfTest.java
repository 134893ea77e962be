package io.offerflow.replay.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.OfferListing;
import io.offerflow.avro.PlanSellingStopRequested;
import io.offerflow.avro.SaveSection;
import io.offerflow.avro.SectionName;
import io.offerflow.avro.SectionSaved;
import io.offerflow.avro.SellingStopRequested;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Rule;
import io.offerflow.replay.fold.RebuildTest;
import io.offerflow.replay.journal.JournalRecord;
import io.offerflow.replay.journal.MemoryJournal;
import io.offerflow.replay.journal.ReplayHaltedException;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.text.Difference.DifferenceKind;
import io.offerflow.replay.text.Difference;
import io.offerflow.topology.LiveRun;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A changed rule shows exactly where it would have decided differently: none more, none fewer. */
class WhatIfTest {

    @TempDir
    private Path folder;

    private final InMemoryRegistry registry = new InMemoryRegistry();

    @ParameterizedTest
    @ValueSource(longs = {51, 52, 53})
    void aLongerStopSellDelayShowsEveryStopSellAndNothingElse(long seed) throws Exception {
        try (LiveRun live = new LiveRun(registry, seed).inputs(1_500)) {
            WhatIfReport report = ask(live, with("stop.sell.delay", "PT24H"), false);

            List<Long> expected = offsets(live, line -> line.getEvents().stream().anyMatch(event ->
                    event instanceof SellingStopRequested || event instanceof PlanSellingStopRequested));
            assertThat(report.differences()).extracting(Difference::offset).containsExactlyElementsOf(expected)
                    .hasSizeGreaterThan(3);
            assertThat(report.totals()).containsOnlyKeys(DifferenceKind.OTHER_EFFECT);
            assertThat(report.total()).isEqualTo(expected.size());
            assertThat(report.counts().offers())
                    .isEqualTo(report.differences().stream().map(Difference::offer).distinct().count());
            assertThat(report.settings()).containsExactly(
                    new WhatIfReport.ChangedSetting("stop.sell.delay", Set.of("PT4H"), "PT24H"));
            assertThat(report.differences().getFirst().now().rules()).containsAnyOf(Rule.O25, Rule.O31, Rule.P9);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {61, 62})
    void aLowerLimitShowsEverySaveThatWouldBreakItAndNothingElse(long seed) throws Exception {
        try (LiveRun live = new LiveRun(registry, seed).inputs(1_500)) {
            WhatIfReport report = ask(live, with("limit.listing-name", "10"), false);

            AvroDecoder decoder = new AvroDecoder(registry);
            List<Long> expected = offsets(live, line -> line.getEvents().stream().anyMatch(event ->
                    event instanceof SectionSaved saved && saved.getSection() == SectionName.OFFER_LISTING)
                    && listing(line, decoder).getName().codePoints().count() > 10);
            assertThat(report.differences()).extracting(Difference::offset).containsExactlyElementsOf(expected)
                    .hasSizeGreaterThan(3);
        }
    }

    @Test
    void entriesAreJudgedByThePolicyThatIsRecordedWithThem() throws Exception {
        try (LiveRun live = new LiveRun(registry, 71).inputs(800)) {
            long before = live.journal().size();
            live.restart(RebuildTest.policy("stop.sell.delay", "PT24H")).inputs(800);
            WhatIfReport report = ask(live, with("stop.sell.delay", "PT24H"), false);

            List<Long> expected = offsets(live, line -> line.getEvents().stream().anyMatch(event ->
                    event instanceof SellingStopRequested || event instanceof PlanSellingStopRequested));
            assertThat(report.differences()).extracting(Difference::offset).containsExactlyElementsOf(
                    expected.stream().filter(offset -> offset < before).toList()).isNotEmpty();
            assertThat(expected).anyMatch(offset -> offset >= before);
        }
    }

    @Test
    void followingComparesUntilAReferenceIsMissing() throws Exception {
        try (LiveRun live = new LiveRun(registry, 81).inputs(1_500)) {
            WhatIfReport report = ask(live, with("limit.listing-name", "3"), true);

            assertThat(report.total()).isPositive();
            assertThat(report.divergences()).isNotEmpty()
                    .allSatisfy(divergence -> assertThat(divergence.missing()).isNotEmpty());
            assertThat(report.counts().judged() + report.counts().notComparable() + report.counts().unreadable() + 1)
                    .as("every entry is judged, not comparable, unread or the policy").isEqualTo(live.journal().size());
            Set<OfferKey> diverged = report.divergences().stream().map(WhatIfReport.Divergence::offer)
                    .collect(Collectors.toSet());
            report.divergences().forEach(divergence -> assertThat(report.differences().stream()
                    .filter(difference -> difference.offer().equals(divergence.offer())))
                    .allMatch(difference -> difference.offset() < divergence.offset()));
            assertThat(report.divergences()).hasSize(diverged.size());
        }
    }

    @Test
    void allDifferencesAreCountedThoughNotAllAreShown() throws Exception {
        try (LiveRun live = new LiveRun(registry, 91).inputs(600)) {
            WhatIfReport report = new WhatIf(new MemoryJournal(live.journal()), registry,
                    ReplayOptions.defaults(folder), "test-build").run(new WhatIf.WhatIfQuestion(
                            with("limit.listing-name", "1"), false, 2));
            assertThat(report.differences()).hasSize(2);
            assertThat(report.total()).isGreaterThan(2);
        }
    }

    @Test
    void aJournalWithoutItsPolicyIsNotJudged() {
        try (LiveRun live = new LiveRun(registry, 95).inputs(50)) {
            JournalEntry other = live.lines().getFirst();
            other.setPolicy("p1-other");
            List<JournalRecord> records = new ArrayList<>(live.journal());
            records.set(0, new JournalRecord(0, 0, Optional.empty(), Optional.of(
                    new AvroEncoder(registry, List.of(Topic.OFFER_JOURNAL)).encode(Topic.OFFER_JOURNAL, other))));
            assertThatThrownBy(() -> new WhatIf(new MemoryJournal(records), registry,
                    ReplayOptions.defaults(folder), "test-build").run(new WhatIf.WhatIfQuestion(
                            UnaryOperator.identity(), false, 2)))
                    .isInstanceOf(ReplayHaltedException.class).hasMessageContaining("offer-journal-0@1")
                    .hasMessageContaining("policy p1-");
        }
    }

    private WhatIfReport ask(LiveRun live, UnaryOperator<Policy> with, boolean follow) throws InterruptedException {
        return new WhatIf(new MemoryJournal(live.journal()), registry, ReplayOptions.defaults(folder), "test-build")
                .run(new WhatIf.WhatIfQuestion(with, follow, 10_000));
    }

    private static UnaryOperator<Policy> with(String setting, String value) {
        return recorded -> RebuildTest.with(recorded, setting, value);
    }

    private static List<Long> offsets(LiveRun live, Predicate<JournalEntry> which) {
        List<Long> offsets = new ArrayList<>();
        List<JournalEntry> lines = live.lines();
        for (int index = 0; index < lines.size(); index++) {
            if (which.test(lines.get(index))) {
                offsets.add((long) index);
            }
        }
        return offsets;
    }

    private static OfferListing listing(JournalEntry line, AvroDecoder decoder) {
        ByteBuffer value = line.getInput().getValue().duplicate();
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        OfferCommand command = (OfferCommand) decoder.decode(Topic.OFFER_COMMANDS, bytes);
        return (OfferListing) ((SaveSection) command.getPayload()).getContent();
    }
}
