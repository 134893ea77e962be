package io.offerflow.contract.answer;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the message that an answer belongs to, by the coordinates of its record: the same command id may have been
 * answered before. Not safe for use by several threads; its memory is bounded by the number of messages in flight.
 *
 * @param <M> the messages
 */
public final class AnswerCorrelator<M extends AnswerCorrelator.AwaitingMessage> {

    /** A message that was sent and awaits its answer. */
    public interface AwaitingMessage {
        /** The command id in lower case. */
        String commandId();

        /** The coordinates of its record, once the broker has it. */
        Optional<RecordCoordinates> coordinates();

        /** Takes the answer. */
        void answered(Answer answer);
    }

    private final int earlyAnswersKept;
    private final Map<RecordCoordinates, M> waiting = new HashMap<>();
    /** How many messages the broker has not acknowledged, by command id; an answer may come before that. */
    private final Map<String, Integer> unacknowledged = new HashMap<>();
    private final Map<RecordCoordinates, Answer> early = new LinkedHashMap<>();
    private final Set<RecordCoordinates> sentBefore;

    /**
     * Waits for no message yet.
     *
     * @param earlyAnswersKept how many answers are kept that come before the acknowledgement of their message
     * @param sentBefore the records of an earlier run; their messages come here after their answers
     */
    public AnswerCorrelator(int earlyAnswersKept, Set<RecordCoordinates> sentBefore) {
        this.earlyAnswersKept = earlyAnswersKept;
        this.sentBefore = sentBefore;
    }

    /** The message is passed to the producer. */
    public void sent(M message) {
        unacknowledged.merge(message.commandId(), 1, Integer::sum);
    }

    /** The broker has acknowledged the message, or sending it has failed. */
    public void settled(M message) {
        unacknowledged.computeIfPresent(message.commandId(), (id, count) -> count == 1 ? null : count - 1);
        found(message);
    }

    /** The coordinates of the message are known, from the broker or because an earlier run has sent it. */
    public void found(M message) {
        message.coordinates().ifPresent(coordinates -> {
            Answer answer = early.remove(coordinates);
            if (answer == null) {
                waiting.put(coordinates, message);
            } else {
                message.answered(answer);
            }
        });
    }

    /** The message is waited for no longer. */
    public void forget(M message) {
        message.coordinates().ifPresent(coordinates -> waiting.remove(coordinates, message));
    }

    /** @return how many of the answers belong to messages that wait */
    public int answered(List<Answer> answers) {
        int used = 0;
        for (Answer answer : answers) {
            M message = waiting.remove(answer.cause());
            if (message != null) {
                message.answered(answer);
                used++;
            } else if (mayBeOurs(answer)) {
                early.put(answer.cause(), answer);
            }
        }
        while (early.size() > earlyAnswersKept) {
            early.remove(early.keySet().iterator().next());
        }
        return used;
    }

    private boolean mayBeOurs(Answer answer) {
        return sentBefore.contains(answer.cause()) || switch (answer) {
            case Answer.Outcome outcome -> unacknowledged.containsKey(outcome.record().getCommandId());
            // its command id may not be readable
            case Answer.Quarantined quarantined -> !unacknowledged.isEmpty();
        };
    }
}
