package io.offerflow.cli.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Coordinates;
import io.offerflow.avro.Result;
import io.offerflow.avro.SubmitOffer;
import io.offerflow.cli.cluster.Sender.SentRecord;
import io.offerflow.cli.feed.Message;
import io.offerflow.contract.Topic;
import io.offerflow.contract.answer.Answer;
import io.offerflow.contract.answer.AnswerCorrelator;
import io.offerflow.contract.answer.RecordCoordinates;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Answers and messages meet in whichever order they come. */
class AnswerCorrelatorTest {

    private static final UUID ID = UUID.fromString("6e8bc430-9c3a-11d9-9669-0800200c9a66");

    @Test
    void anAnswerMayOvertakeTheNewsThatTheBrokerHasTheRecord() {
        AnswerCorrelator<InFlightMessage> correlator = new AnswerCorrelator<>(10, Set.of());
        InFlightMessage sent = sent();
        correlator.sent(sent);
        correlator.answered(List.of(answer(7)));
        sent.settled(new SentRecord(1, sent.message(), 0, 7, ""));
        correlator.settled(sent);
        assertThat(sent.finished(true)).isTrue();
    }

    @Test
    void anAnswerToAnEarlierRecordWithTheSameIdIsNoAnswer() {
        AnswerCorrelator<InFlightMessage> correlator = new AnswerCorrelator<>(10, Set.of());
        InFlightMessage sent = sent();
        correlator.sent(sent);
        correlator.answered(List.of(answer(3)));
        sent.settled(new SentRecord(1, sent.message(), 0, 7, ""));
        correlator.settled(sent);
        assertThat(sent.finished(true)).isFalse();
        correlator.answered(List.of(answer(7)));
        assertThat(sent.finished(true)).isTrue();
    }

    @Test
    void answersToWhatAnEarlierRunHasSentWaitForTheirEntries() {
        AnswerCorrelator<InFlightMessage> correlator = new AnswerCorrelator<>(10,
                Set.of(new RecordCoordinates("offer-commands", 0, 7)));
        correlator.answered(List.of(answer(7)));
        InFlightMessage sent = sent();
        sent.sentTo(new RecordCoordinates("offer-commands", 0, 7));
        correlator.found(sent);
        assertThat(sent.finished(true)).isTrue();
    }

    private static InFlightMessage sent() {
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
