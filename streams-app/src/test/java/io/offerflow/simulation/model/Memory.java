package io.offerflow.simulation.model;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.OutcomeResult;
import io.offerflow.domain.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last answers, each with the whole command it was given for (V31, B40). */
final class Memory {

    /** A command with its id and its answer. */
    record Remembered(String commandId, Command command, Optional<Long> expectedVersion, OutcomeResult result,
            Optional<Reason> reason, long draftVersion) {
    }

    private final int most;
    private final List<Remembered> answers = new ArrayList<>();

    Memory(int most) {
        this.most = most;
    }

    Optional<Remembered> find(String commandId) {
        return answers.stream().filter(known -> known.commandId().equals(commandId)).findFirst();
    }

    void add(Remembered answer) {
        answers.add(answer);
        if (answers.size() > most) {
            answers.removeFirst();
        }
    }

    void addAll(Memory other) {
        answers.addAll(other.answers);
    }
}
