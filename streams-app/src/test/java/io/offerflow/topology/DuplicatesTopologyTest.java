package io.offerflow.topology;

import static io.offerflow.topology.TopologyHarness.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.CreateOffer;
import io.offerflow.avro.EntryResult;
import io.offerflow.avro.FirstAnswer;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.OfferCommand;
import io.offerflow.avro.Reason;
import io.offerflow.avro.Result;
import io.offerflow.avro.SaveSection;
import io.offerflow.avro.SubmitOffer;
import io.offerflow.domain.model.OfferKey;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is answered to the same command again, to questions, to stale versions, and to records out of order. */
class DuplicatesTopologyTest {

    private static final OfferKey OFFER = new OfferKey("fabrikam", "fleet-ledger");

    private final TopologyHarness bench = TopologyHarness.start();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void theSameCommandAgainIsADuplicateWithoutEffect() {
        OfferCommand create = Envelopes.create(OFFER);
        bench.send(create, START);
        bench.send(Envelopes.save(OFFER, Contents.setup()), START.plusSeconds(1));
        bench.skip();

        bench.send(create, START.plusSeconds(2));

        assertThat(bench.journal().getResult()).isEqualTo(EntryResult.DUPLICATE);
        CommandOutcome outcome = bench.outcome();
        assertThat(outcome.getResult()).isEqualTo(Result.DUPLICATE);
        assertThat(outcome.getFirst()).isEqualTo(new FirstAnswer(Result.ACCEPTED, null, 1L));
        assertThat(outcome.getDraftVersion()).isEqualTo(2);
        bench.andNothingElse();
    }

    @Test
    void aRefusalIsRememberedAsWellAsAnAcceptance() {
        bench.send(Envelopes.create(OFFER), START);
        OfferCommand submit = Envelopes.submit(OFFER);
        bench.send(submit, START.plusSeconds(1));
        bench.skip();

        bench.send(submit, START.plusSeconds(2));

        bench.journal();
        assertThat(bench.outcome().getFirst())
                .isEqualTo(new FirstAnswer(Result.REJECTED, Reason.SECTIONS_INCOMPLETE, 1L));
        bench.andNothingElse();
    }

    @Test
    void otherContentUnderAKnownIdIsRefusedWithTheFirstAnswer() {
        OfferCommand create = Envelopes.create(OFFER);
        bench.send(create, START);
        bench.skip();

        bench.send(OfferCommand.newBuilder(create).setPayload(new CreateOffer("SAAS", "Another alias")).build(),
                START.plusSeconds(1));

        JournalEntry entry = bench.journal();
        assertThat(entry.getResult()).isEqualTo(EntryResult.REJECTED);
        assertThat(entry.getReason()).isEqualTo(Reason.COMMAND_ID_REUSED);
        CommandOutcome outcome = bench.outcome();
        assertThat(outcome.getReason()).isEqualTo(Reason.COMMAND_ID_REUSED);
        assertThat(outcome.getFirst()).isEqualTo(new FirstAnswer(Result.ACCEPTED, null, 1L));
        bench.andNothingElse();
    }

    @Test
    void aCommandThatMetNoOfferIsNotRememberedAndMayBeSentAgain() {
        OfferCommand save = Envelopes.save(OFFER, Contents.setup());
        bench.send(save, START);
        assertThat(bench.journal().getSequence()).isZero();
        assertThat(bench.outcome().getReason()).isEqualTo(Reason.OFFER_NOT_FOUND);
        bench.andNothingElse();

        bench.send(Envelopes.create(OFFER), START);
        bench.skip();
        bench.send(save, START);
        assertThat(bench.outcome().getResult()).isEqualTo(Result.ACCEPTED);
    }

    @Test
    void aQuestionIsAnsweredAndNeitherDoneNorRemembered() {
        bench.send(Envelopes.create(OFFER), START);
        bench.skip();
        OfferCommand question = OfferCommand.newBuilder(Envelopes.save(OFFER, Contents.setup()))
                .setValidateOnly(true).build();

        bench.send(question, START.plusSeconds(1));

        assertThat(bench.journal().getEvents()).isEmpty();
        CommandOutcome outcome = bench.outcome();
        assertThat(outcome.getResult()).isEqualTo(Result.ACCEPTED);
        assertThat(outcome.getValidateOnly()).isTrue();
        assertThat(outcome.getDraftVersion()).isEqualTo(1);
        bench.andNothingElse();

        bench.send(OfferCommand.newBuilder(question).setValidateOnly(false).build(), START.plusSeconds(2));
        assertThat(bench.outcome().getResult()).isEqualTo(Result.ACCEPTED);
    }

    @Test
    void aCommandMadeForAnotherDraftVersionIsAConflict() {
        bench.send(Envelopes.create(OFFER), START);
        bench.send(Envelopes.save(OFFER, Contents.setup()), START);
        bench.skip();

        bench.send(OfferCommand.newBuilder(Envelopes.save(OFFER, Contents.properties())).setExpectedVersion(1L).build(),
                START.plusSeconds(1));

        assertThat(bench.journal().getReason()).isEqualTo(Reason.VERSION_CONFLICT);
        CommandOutcome outcome = bench.outcome();
        assertThat(outcome.getReason()).isEqualTo(Reason.VERSION_CONFLICT);
        assertThat(outcome.getDetail()).contains("Expected draft version 1, but it is 2");
        assertThat(outcome.getDraftVersion()).isEqualTo(2);
        bench.andNothingElse();
    }

    @Test
    void v34TwoCommandsOfTheSameInstantAreTwoEntriesInTheirOrder() {
        bench.send(Envelopes.create(OFFER), START);
        bench.send(Envelopes.save(OFFER, Contents.setup()), START);

        assertThat(bench.journal().getSequence()).isEqualTo(1);
        JournalEntry second = bench.journal();
        assertThat(second.getSequence()).isEqualTo(2);
        assertThat(second.getNow()).isEqualTo(START);
        assertThat(second.getResult()).isEqualTo(EntryResult.ACCEPTED);
    }

    @Test
    void anOffersClockNeverRunsBackB44() {
        bench.send(Envelopes.create(OFFER), START);
        bench.skip();
        Instant earlier = START.minusSeconds(3_600);

        bench.send(Envelopes.save(OFFER, Contents.setup()), earlier);

        JournalEntry entry = bench.journal();
        assertThat(entry.getNow()).isEqualTo(START);
        assertThat(entry.getInput().getAppendedAt()).isEqualTo(earlier);
        assertThat(bench.outcome().getDecidedAt()).isEqualTo(START);
        assertThat(bench.status().getChangedAt()).isEqualTo(START);
        bench.andNothingElse();
    }

    @Test
    void aMisspeltSectionIsRefusedWithTheOneThatWasMeant() {
        bench.send(Envelopes.create(OFFER), START);
        bench.skip();

        bench.send(Envelopes.command(OFFER, new SaveSection("OFFER_LISTNG", Contents.setup())), START);

        bench.journal();
        CommandOutcome outcome = bench.outcome();
        assertThat(outcome.getReason()).isEqualTo(Reason.UNKNOWN_SECTION);
        assertThat(outcome.getDetail()).contains("OFFER_LISTING");
        bench.andNothingElse();
    }

    @Test
    void aReadableCommandWithoutAUuidIsRefusedAsMalformed() {
        bench.send(OfferCommand.newBuilder(Envelopes.command(OFFER, new SubmitOffer())).setCommandId("42").build(),
                START);

        assertThat(bench.journal().getReason()).isEqualTo(Reason.MALFORMED);
        assertThat(bench.outcome().getDetail()).contains("UUID").contains("\"42\"");
        bench.andNothingElse();
    }
}
