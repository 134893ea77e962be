package io.offerflow.cli.send;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings answers to the entries that wait for them, by place: an id alone may have been answered before. Used by one
 * thread; what it keeps is bounded by the number of entries on their way.
 */
final class AnswerCorrelator {

    private static final int STRAYS_KEPT = InFlightSender.WINDOW + SendSession.REACH;

    private final Map<RecordCoordinates, InFlightMessage> waiting = new HashMap<>();
    /** Entries whose place the broker has not told yet, by command id; an answer may overtake that news. */
    private final Map<String, Integer> unplaced = new HashMap<>();
    private final Map<RecordCoordinates, Answer> early = new LinkedHashMap<>();
    private final Set<RecordCoordinates> sentBefore;

    /** @param sentBefore where an earlier run's messages lie, whose entries come later than their answers */
    AnswerCorrelator(Set<RecordCoordinates> sentBefore) {
        this.sentBefore = sentBefore;
    }

    void sent(InFlightMessage entry) {
        unplaced.merge(entry.message().commandId().toString(), 1, Integer::sum);
    }

    /** The broker has told where the entry lies, or that it will not get it. */
    void settled(InFlightMessage entry) {
        unplaced.computeIfPresent(entry.message().commandId().toString(), (id, count) -> count == 1 ? null : count - 1);
        found(entry);
    }

    /** It is known where the entry lies: the broker has told, or an earlier run has sent it. */
    void found(InFlightMessage entry) {
        entry.place().ifPresent(place -> {
            Answer answer = early.remove(place);
            if (answer == null) {
                waiting.put(place, entry);
            } else {
                entry.answered(answer);
            }
        });
    }

    /** @return how many of them were waited for */
    int answered(List<Answer> answers) {
        List<Answer> used = new ArrayList<>();
        for (Answer answer : answers) {
            InFlightMessage entry = waiting.remove(answer.cause());
            if (entry != null) {
                entry.answered(answer);
                used.add(answer);
            } else if (mayBeOurs(answer)) {
                early.put(answer.cause(), answer);
            }
        }
        while (early.size() > STRAYS_KEPT) {
            early.remove(early.keySet().iterator().next());
        }
        return used.size();
    }

    private boolean mayBeOurs(Answer answer) {
        return sentBefore.contains(answer.cause()) || switch (answer) {
            case Answer.Outcome outcome -> unplaced.containsKey(outcome.record().getCommandId());
            // its id may not be readable
            case Answer.Quarantined bad -> !unplaced.isEmpty();
        };
    }
}
