package io.offerflow.topology;

import static io.offerflow.topology.TopologyHarness.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.DueEvent;
import io.offerflow.avro.EntryKind;
import io.offerflow.avro.EntryResult;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.Notification;
import io.offerflow.avro.NotificationTemplate;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.Reason;
import io.offerflow.avro.ResumeSelling;
import io.offerflow.avro.SellingStopped;
import io.offerflow.avro.Status;
import io.offerflow.avro.StopState;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.SectionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stop of selling, whose time comes by itself: who notices it, when, and what is said about it (O25, O26, B43). */
class DueTimesTopologyTest {

    private static final OfferKey OFFER = new OfferKey("contoso", "shift-planner");
    private static final OfferKey OTHER = new OfferKey("contoso", "other");
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final TopologyHarness bench = TopologyHarness.start();
    private Instant asked;
    private Instant due;
    private Instant wall = START;

    @BeforeEach
    void aLiveOfferIsGoingToStopSelling() {
        asked = new OfferDriver(bench, OFFER, START).live().send(Envelopes.stopSelling(OFFER)).clock();
        due = asked.plus(bench.settings().policy().stopSellDelay());
        bench.skip();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    /** The wall clock stands at an instant from now on. */
    private void wallClock(Instant at) {
        bench.pass(Duration.between(wall, at));
        wall = at;
    }

    @Test
    void theNextCommandMeetsAnOfferWhoseStopHappenedAtItsDueTime() {
        Instant later = due.plusSeconds(600);
        bench.send(Envelopes.command(OFFER, new ResumeSelling(null)), later);

        JournalEntry entry = bench.journal();
        assertThat(entry.getKind()).isEqualTo(EntryKind.INPUT);
        assertThat(entry.getNow()).isEqualTo(later);
        assertThat(entry.getDue()).containsExactly(new DueEvent(due, new SellingStopped(), "O26"));
        assertThat(entry.getReason()).as("decided after the stop").isEqualTo(Reason.NO_STOP_SELL_PENDING);
        assertThat(bench.outcome().getReason()).isEqualTo(Reason.NO_STOP_SELL_PENDING);
        stoppedAtItsTime(bench.status());
        assertThat(bench.notification()).isEqualTo(stopSellEffective());
        bench.tombstone(Topic.STOREFRONT);
        bench.andNothingElse();
    }

    @Test
    void aCommandAppendedAtTheDueTimeItselfComesAfterItB43() {
        bench.send(Envelopes.command(OFFER, new ResumeSelling(null)), due);

        assertThat(bench.journal().getDue()).hasSize(1);
        assertThat(bench.outcome().getReason()).isEqualTo(Reason.NO_STOP_SELL_PENDING);
    }

    @Test
    void anOfferNobodySpeaksToIsHelpedOverItsDueTimeAfterTheGrace() {
        wallClock(due.plus(GRACE).minusMillis(1));
        bench.andNothingElse();

        wallClock(due.plus(GRACE).plusSeconds(1));

        JournalEntry entry = bench.journal();
        assertThat(entry.getKind()).isEqualTo(EntryKind.TIME);
        assertThat(entry.getInput()).isNull();
        assertThat(entry.getResult()).isEqualTo(EntryResult.NONE);
        assertThat(entry.getSequence()).isEqualTo(12);
        assertThat(entry.getNow()).isBetween(due, due.plusSeconds(1));
        assertThat(entry.getDue()).containsExactly(new DueEvent(due, new SellingStopped(), "O26"));
        stoppedAtItsTime(bench.status());
        assertThat(bench.notification()).isEqualTo(stopSellEffective());
        bench.tombstone(Topic.STOREFRONT);
        bench.andNothingElse();
        assertThat(bench.store(TopologyNames.TIMERS).all()).isExhausted();

        wallClock(due.plus(Duration.ofDays(1)));
        bench.andNothingElse();
    }

    @Test
    void aServiceThatHasFallenBehindNeverRunsAheadOfItsInputs() {
        wallClock(due.minusSeconds(1));
        Instant appended = due.minusSeconds(3_600);
        bench.send(Envelopes.create(OTHER), appended);
        for (int tick = 1; tick <= 12; tick++) {
            wallClock(wall.plusSeconds(10));
            bench.send(Envelopes.save(OTHER, Contents.listing("Name " + tick)), appended.plusSeconds(tick));
        }
        while (bench.has(Topic.OFFER_JOURNAL)) {
            assertThat(bench.journal().getKind()).isEqualTo(EntryKind.INPUT);
        }
        bench.skip();

        Instant newest = due.plusSeconds(5);
        bench.send(Envelopes.save(OTHER, Contents.setup()), newest);
        bench.skip();
        wallClock(wall.plusSeconds(1));

        JournalEntry entry = bench.journal();
        assertThat(entry.getKind()).isEqualTo(EntryKind.TIME);
        assertThat(entry.getNow()).as("not the wall clock, which is two minutes ahead").isEqualTo(newest);
        assertThat(entry.getDue()).containsExactly(new DueEvent(due, new SellingStopped(), "O26"));
        bench.status();
        bench.notification();
        bench.tombstone(Topic.STOREFRONT);
        bench.andNothingElse();
    }

    @Test
    void aRecordWithinTheGraceIsDecidedBeforeTheDueTime() {
        wallClock(due.plus(GRACE).minusSeconds(1));
        bench.send(Envelopes.command(OFFER, new ResumeSelling(null)), due.minusMillis(1));

        assertThat(bench.journal().getDue()).isEmpty();
        assertThat(bench.outcome().getReason()).isNull();
        assertThat(bench.status().getStop()).isNull();
        bench.andNothingElse();
    }

    @Test
    void theTimerOfAWithdrawnStopDoesNothing() {
        bench.send(Envelopes.command(OFFER, new ResumeSelling(null)), asked.plusSeconds(60));
        bench.skip();
        assertThat(bench.store(TopologyNames.TIMERS).all()).hasNext();

        wallClock(due.plus(Duration.ofHours(1)));

        bench.andNothingElse();
        assertThat(bench.store(TopologyNames.TIMERS).all()).isExhausted();
    }

    @Test
    void anOfferThatCannotBeReadDoesNotBlockTheNextDueTime() {
        damage(new byte[] {1});

        wallClock(due.plus(GRACE).plusSeconds(1));

        assertThat(bench.putOff()).isEqualTo(1);
        assertThat(bench.journal().getDue()).as("that of the other offer").hasSize(1);
        assertThat(bench.status().getOfferId()).isEqualTo(OFFER.offerId());
        bench.notification();
        bench.tombstone(Topic.STOREFRONT);
        bench.andNothingElse();
    }

    @Test
    void aRowOfANewerReleaseStopsTheServiceWithASentence() {
        damage(new byte[] {99});

        assertThatThrownBy(() -> wallClock(due.plus(GRACE).plusSeconds(1)))
                .hasStackTraceContaining(UnrecoverableException.class.getName())
                .hasStackTraceContaining("written by a newer release. Start the service with that release.");
    }

    /** Overwrites the header row of another offer that is due before the one of these tests. */
    private void damage(byte[] row) {
        OfferKey broken = new OfferKey("contoso", "broken");
        new OfferDriver(bench, broken, asked.minusSeconds(30)).live().send(Envelopes.stopSelling(broken));
        bench.skip();
        bench.store(TopologyNames.OFFERS).put(StateCodec.key(broken), row);
    }

    @Test
    void anAdvanceThatFailsIsJournalledPutOffAndTriedAgain() {
        OfferKey broken = new OfferKey("contoso", "broken");
        Instant brokenDue = new OfferDriver(bench, broken, asked.minusSeconds(30)).live()
                .send(Envelopes.save(broken, Contents.listing(""))).send(Envelopes.stopSelling(broken)).clock()
                .plus(bench.settings().policy().stopSellDelay());
        assertThat(brokenDue).isBefore(due);
        bench.skip();
        KeyValue<byte[], byte[]> row = newestListing(broken);
        bench.store(TopologyNames.CONTENTS).put(row.key, new byte[] {1}); // nothing after its format

        wallClock(due.plus(GRACE).plusSeconds(1));

        JournalEntry failed = bench.journal();
        assertThat(failed.getKind()).isEqualTo(EntryKind.TIME);
        assertThat(failed.getReason()).isEqualTo(Reason.INTERNAL_ERROR);
        assertThat(failed.getDue()).isEmpty();
        assertThat(bench.putOff()).as("counted for those who watch metrics").isEqualTo(1);
        assertThat(bench.journal().getDue()).as("the next one is not held up").hasSize(1);
        assertThat(bench.status().getOfferId()).isEqualTo(OFFER.offerId());
        assertThat(bench.notification().getOfferId()).isEqualTo(OFFER.offerId());
        bench.tombstone(Topic.STOREFRONT);
        bench.andNothingElse();

        wallClock(wall.plusSeconds(50));
        bench.andNothingElse();
        bench.store(TopologyNames.CONTENTS).put(row.key, row.value);
        wallClock(wall.plusSeconds(15));

        assertThat(bench.journal().getDue()).containsExactly(new DueEvent(brokenDue, new SellingStopped(), "O26"));
        assertThat(bench.status().getStatus()).isEqualTo(Status.NOT_SOLD);
        bench.notification();
        bench.tombstone(Topic.STOREFRONT);
        bench.andNothingElse();
    }

    @Test
    void aFaultGivesInternalErrorAndTheCommandMayBeSentAgain() {
        new OfferDriver(bench, OTHER, START).draft().send(Envelopes.save(OTHER, Contents.listing("")));
        bench.skip();
        KeyValue<byte[], byte[]> row = newestListing(OTHER);
        byte[] facts = bench.store(TopologyNames.OFFERS).get(OTHER.toString().getBytes(UTF_8));
        bench.store(TopologyNames.CONTENTS).put(row.key, new byte[] {1});
        OfferCommand submit = Envelopes.submit(OTHER);

        bench.send(submit, START.plusSeconds(60));

        assertThat(bench.journal().getReason()).isEqualTo(Reason.INTERNAL_ERROR);
        assertThat(bench.outcome()).extracting(CommandOutcome::getReason, CommandOutcome::getRule)
                .containsExactly(Reason.INTERNAL_ERROR, "V34");
        bench.andNothingElse();
        assertThat(bench.store(TopologyNames.OFFERS).get(OTHER.toString().getBytes(UTF_8))).isEqualTo(facts);

        bench.store(TopologyNames.CONTENTS).put(row.key, row.value);
        bench.send(submit, START.plusSeconds(61));
        assertThat(bench.outcome().getReason()).isEqualTo(Reason.SECTIONS_INCOMPLETE);
    }

    private KeyValue<byte[], byte[]> newestListing(OfferKey offer) {
        byte[] from = (offer + "\0s").getBytes(UTF_8);
        byte[] to = (offer + "\0t").getBytes(UTF_8);
        KeyValue<byte[], byte[]> newest = null;
        try (var rows = bench.store(TopologyNames.CONTENTS).range(from, to)) {
            while (rows.hasNext()) {
                KeyValue<byte[], byte[]> row = rows.next();
                newest = row.key[from.length] == SectionId.OFFER_LISTING.ordinal() ? row : newest;
            }
        }
        return Objects.requireNonNull(newest, "the offer has no listing");
    }

    private void stoppedAtItsTime(OfferStatus status) {
        assertThat(status.getStatus()).isEqualTo(Status.NOT_SOLD);
        assertThat(status.getOnSale()).isFalse();
        assertThat(status.getStop().getState()).isEqualTo(StopState.DONE);
        assertThat(status.getStop().getEffectiveAt()).isEqualTo(due);
    }

    private Notification stopSellEffective() {
        return Notification.newBuilder().setTemplate(NotificationTemplate.STOP_SELL_EFFECTIVE) // N9
                .setPublisherId("contoso").setOfferId("shift-planner").setAlias("Alias of shift-planner")
                .setOccurredAt(due).setLiveVersion(1L).build();
    }
}
