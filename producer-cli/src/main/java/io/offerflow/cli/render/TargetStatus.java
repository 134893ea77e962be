package io.offerflow.cli.render;

import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.PublishRun;
import io.offerflow.avro.RunState;
import io.offerflow.avro.Status;
import io.offerflow.avro.StepName;
import io.offerflow.avro.StepState;
import java.util.Locale;
import java.util.Optional;

/** A state of an offer that a verb can wait for. */
public enum TargetStatus {
    /** The offer was never published and has no run. */
    DRAFT,
    /** The preview waits for sign-off. */
    PREVIEW,
    /** The newest submission is live. */
    LIVE,
    /** A run has failed. */
    ATTENTION,
    /** Nothing is on sale any more. */
    NOT_SOLD,
    /** There is no such offer. */
    DELETED;

    /** As users type it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the offer is in this state; no row means that there is no offer. */
    public boolean reached(Optional<OfferStatus> row) {
        return row.map(this::reached).orElse(this == DELETED);
    }

    private boolean reached(OfferStatus row) {
        return switch (this) {
            case DRAFT -> row.getStatus() == Status.DRAFT;
            case PREVIEW -> row.getRun() != null && row.getRun().getSteps().stream().anyMatch(step ->
                    step.getStep() == StepName.PUBLISHER_SIGN_OFF
                            && step.getState() == StepState.WAITING_FOR_PUBLISHER);
            case LIVE -> row.getStatus() == Status.LIVE;
            case ATTENTION -> row.getStatus() == Status.ATTENTION_NEEDED;
            case NOT_SOLD -> row.getStatus() == Status.NOT_SOLD;
            case DELETED -> false;
        };
    }

    /** Why the offer cannot reach this state without another command, if that is certain. */
    public Optional<String> missed(Optional<OfferStatus> row) {
        if (row.isEmpty()) {
            return Optional.of("the offer does not exist");
        }
        PublishRun run = row.get().getRun();
        if ((this == LIVE || this == PREVIEW) && run != null) {
            return run.getState() == RunState.FAILED ? Optional.of("the run has failed")
                    : run.getState() == RunState.CANCELLED ? Optional.of("the run was cancelled") : Optional.empty();
        }
        return Optional.empty();
    }
}
