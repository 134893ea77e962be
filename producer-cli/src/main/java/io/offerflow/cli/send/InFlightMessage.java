package io.offerflow.cli.send;

import io.offerflow.cli.cluster.Sender.SentRecord;
import io.offerflow.cli.feed.Message;
import java.util.Optional;

/** One message on its way: sent, then taken by the broker, then answered. */
public final class InFlightMessage {

    private final int line;
    private final Message message;
    private final int textHash;
    private Optional<RecordCoordinates> place = Optional.empty();
    private Optional<Answer> answer = Optional.empty();
    private String problem = "";

    InFlightMessage(int line, Message message, int textHash) {
        this.line = line;
        this.message = message;
        this.textHash = textHash;
    }

    /** Number of its line in the file. */
    public int line() {
        return line;
    }

    public Message message() {
        return message;
    }

    /** What the service said, once it has. */
    public Optional<Answer> answer() {
        return answer;
    }

    /** Why the broker did not take it; empty if it did. */
    public String problem() {
        return problem;
    }

    int textHash() {
        return textHash;
    }

    /** Where it lies, once the broker has it. */
    public Optional<RecordCoordinates> place() {
        return place;
    }

    void settled(SentRecord sent) {
        problem = sent.problem();
        if (sent.delivered()) {
            liesAt(new RecordCoordinates(message.topic().topicName(), sent.partition(), sent.offset()));
        }
    }

    void liesAt(RecordCoordinates found) {
        place = Optional.of(found);
    }

    void answered(Answer given) {
        answer = Optional.of(given);
    }

    boolean failed() {
        return !problem.isEmpty();
    }

    /** Whether nothing more is to come for it. */
    boolean done(boolean waitForAnswer) {
        return failed() || place.isPresent() && (!waitForAnswer || answer.isPresent());
    }
}
