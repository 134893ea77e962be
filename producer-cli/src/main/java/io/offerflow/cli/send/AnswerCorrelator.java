package io.offerflow.cli.send;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the message that an answer belongs to, by the coordinates of its record: the same command id may have been
 * answered before. Used by one thread; its memory is bounded by the number of messages in flight.
 */
final class AnswerCorrelator {

    private static final int EARLY_ANSWERS_KEPT = InFlightSender.WINDOW + SendSession.REACH;

    private final Map<RecordCoordinates, InFlightMessage> waiting = new HashMap<>();
    /** How many messages the broker has not acknowledged, by command id; an answer may come before that. */
    private final Map<String, Integer> unacknowledged = new HashMap<>();
    private final Map<RecordCoordinates, Answer> early = new LinkedHashMap<>();
    private final Set<RecordCoordinates> sentBefore;

    /** @param sentBefore the records of an earlier run; their messages come here after their answers */
    AnswerCorrelator(Set<RecordCoordinates> sentBefore) {
        this.sentBefore = sentBefore;
    }

    void sent(InFlightMessage message) {
        unacknowledged.merge(message.message().commandId().toString(), 1, Integer::sum);
    }

    /** The broker has acknowledged the message, or sending it has failed. */
    void settled(InFlightMessage message) {
        unacknowledged.computeIfPresent(message.message().commandId().toString(),
                (id, count) -> count == 1 ? null : count - 1);
        found(message);
    }

    /** The coordinates of the message are known, from the broker or because an earlier run has sent it. */
    void found(InFlightMessage message) {
        message.coordinates().ifPresent(coordinates -> {
            Answer answer = early.remove(coordinates);
            if (answer == null) {
                waiting.put(coordinates, message);
            } else {
                message.answered(answer);
            }
        });
    }

    /** @return how many of the answers belong to messages that wait */
    int answered(List<Answer> answers) {
        int used = 0;
        for (Answer answer : answers) {
            InFlightMessage message = waiting.remove(answer.cause());
            if (message != null) {
                message.answered(answer);
                used++;
            } else if (mayBeOurs(answer)) {
                early.put(answer.cause(), answer);
            }
        }
        while (early.size() > EARLY_ANSWERS_KEPT) {
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
