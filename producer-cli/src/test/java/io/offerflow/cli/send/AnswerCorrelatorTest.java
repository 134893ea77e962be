package io.offerflow.cli.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Coordinates;
import io.offerflow.avro.Result;
import io.offerflow.avro.SubmitOffer;
import io.offerflow.cli.cluster.Sender.SentRecord;
import io.offerflow.cli.feed.Message;
import io.offerflow.contract.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Answers and entries meet in whichever order they come. */
class AnswerCorrelatorTest {

    private static final UUID ID = UUID.fromString("6e8bc430-9c3a-11d9-9669-0800200c9a66");

    @Test
    void anAnswerMayOvertakeTheNewsThatTheBrokerHasTheRecord() {
        AnswerCorrelator matching = new AnswerCorrelator(Set.of());
        InFlightMessage entry = entry();
        matching.sent(entry);
        matching.answered(List.of(answer(7)));
        entry.settled(new SentRecord(1, entry.message(), 0, 7, ""));
        matching.settled(entry);
        assertThat(entry.done(true)).isTrue();
    }

    @Test
    void anAnswerToAnEarlierRecordWithTheSameIdIsNoAnswer() {
        AnswerCorrelator matching = new AnswerCorrelator(Set.of());
        InFlightMessage entry = entry();
        matching.sent(entry);
        matching.answered(List.of(answer(3)));
        entry.settled(new SentRecord(1, entry.message(), 0, 7, ""));
        matching.settled(entry);
        assertThat(entry.done(true)).isFalse();
        matching.answered(List.of(answer(7)));
        assertThat(entry.done(true)).isTrue();
    }

    @Test
    void answersToWhatAnEarlierRunHasSentWaitForTheirEntries() {
        AnswerCorrelator matching = new AnswerCorrelator(Set.of(new RecordCoordinates("offer-commands", 0, 7)));
        matching.answered(List.of(answer(7)));
        InFlightMessage entry = entry();
        entry.liesAt(new RecordCoordinates("offer-commands", 0, 7));
        matching.found(entry);
        assertThat(entry.done(true)).isTrue();
    }

    private static InFlightMessage entry() {
        return new InFlightMessage(1, new Message(Topic.OFFER_COMMANDS, "contoso/shifts", ID, "SubmitOffer",
                new SubmitOffer(null), List.of()), 0);
    }

    private static Answer answer(long offset) {
        return new Answer.Outcome(CommandOutcome.newBuilder().setCommandId(ID.toString()).setCommand("SubmitOffer")
                .setResult(Result.ACCEPTED).setCause(new Coordinates("offer-commands", 0, offset))
                .setDecidedAt(Instant.EPOCH).setSequence(1).setDraftVersion(1).setSubmission(0).setLiveVersion(0)
                .setProblems(List.of()).build());
    }
}
