package io.offerflow.cli.send;

import io.offerflow.cli.cluster.Sender.SentRecord;
import io.offerflow.cli.feed.Message;
import io.offerflow.contract.answer.Answer;
import io.offerflow.contract.answer.AnswerCorrelator;
import io.offerflow.contract.answer.RecordCoordinates;
import java.util.Optional;

/** One message in flight: sent, then acknowledged by the broker, then answered by the service. */
public final class InFlightMessage implements AnswerCorrelator.AwaitingMessage {

    private final int line;
    private final Message message;
    private final int textHash;
    private Optional<RecordCoordinates> coordinates = Optional.empty();
    private Optional<Answer> answer = Optional.empty();
    private String problem = "";

    InFlightMessage(int line, Message message, int textHash) {
        this.line = line;
        this.message = message;
        this.textHash = textHash;
    }

    /** The number of its line in the file. */
    public int line() {
        return line;
    }

    public Message message() {
        return message;
    }

    /** The answer of the service, once there is one. */
    public Optional<Answer> answer() {
        return answer;
    }

    /** Why it was not delivered; empty if it was. */
    public String problem() {
        return problem;
    }

    int textHash() {
        return textHash;
    }

    @Override
    public String commandId() {
        return message.commandId().toString();
    }

    @Override
    public Optional<RecordCoordinates> coordinates() {
        return coordinates;
    }

    void settled(SentRecord sent) {
        problem = sent.problem();
        if (sent.delivered()) {
            sentTo(new RecordCoordinates(message.topic().topicName(), sent.partition(), sent.offset()));
        }
    }

    void sentTo(RecordCoordinates found) {
        coordinates = Optional.of(found);
    }

    @Override
    public void answered(Answer given) {
        answer = Optional.of(given);
    }

    boolean failed() {
        return !problem.isEmpty();
    }

    /** Whether nothing more is expected for it. */
    boolean finished(boolean needsAnswer) {
        return failed() || coordinates.isPresent() && (!needsAnswer || answer.isPresent());
    }
}
