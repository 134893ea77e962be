package io.offerflow.cli.read;

import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.RunState;
import io.offerflow.avro.Status;
import io.offerflow.avro.StepProgress;
import io.offerflow.avro.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Ranks offers by how urgently a person has to look at them. */
final class AttentionRank {

    private static final int FAILED = 0;
    private static final int OVERDUE = 1;
    private static final int WAITING = 2;
    private static final int NONE = 3;

    private AttentionRank() {
    }

    /** Failed runs, late steps, previews that wait for sign-off, then the rest; the newest change first. */
    static Comparator<OfferStatus> order(Instant now) {
        return Comparator.<OfferStatus>comparingInt(row -> of(row, now))
                .thenComparing(Comparator.comparing(OfferStatus::getChangedAt).reversed());
    }

    private static int of(OfferStatus row, Instant now) {
        if (row.getStatus() == Status.ATTENTION_NEEDED) {
            return FAILED;
        }
        Optional<StepProgress> step = current(row);
        return step.filter(any -> isOverdue(any, now)).isPresent() ? OVERDUE
                : step.filter(any -> any.getState() == StepState.WAITING_FOR_PUBLISHER).isPresent() ? WAITING : NONE;
    }

    /** The current step of an active run. */
    static Optional<StepProgress> current(OfferStatus row) {
        return Optional.ofNullable(row.getRun()).filter(run -> run.getState() == RunState.ACTIVE)
                .flatMap(run -> run.getSteps().stream().filter(step -> step.getState() == StepState.IN_PROGRESS
                        || step.getState() == StepState.WAITING_FOR_PUBLISHER).findFirst());
    }

    /** Whether a step takes longer than usual. */
    static boolean isOverdue(StepProgress step, Instant now) {
        return expectedEnd(step).filter(end -> end.isBefore(now)).isPresent();
    }

    /** When a current step is expected to end; empty if a person decides. */
    static Optional<Instant> expectedEnd(StepProgress step) {
        return step.getState() == StepState.IN_PROGRESS && step.getEstimatedMinutes() > 0
                ? Optional.ofNullable(step.getStartedAt())
                        .map(start -> start.plus(Duration.ofMinutes(step.getEstimatedMinutes()))) : Optional.empty();
    }
}
