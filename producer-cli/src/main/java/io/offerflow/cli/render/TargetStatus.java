package io.offerflow.cli.render;

import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.PublishRun;
import io.offerflow.avro.RunState;
import io.offerflow.avro.Status;
import io.offerflow.avro.StepName;
import io.offerflow.avro.StepState;
import java.util.Locale;
import java.util.Optional;

/** A place in an offer's life that somebody may wait for. */
public enum TargetStatus {
    /** The draft can be edited and nothing runs. */
    DRAFT,
    /** The preview waits for its publisher. */
    PREVIEW,
    /** The newest submission is what customers get. */
    LIVE,
    /** A run has failed. */
    ATTENTION,
    /** Nothing is on sale any more. */
    NOT_SOLD,
    /** There is no such offer. */
    DELETED;

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the offer is there; no row means that there is no offer. */
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

    /** Why the offer will not get there by itself, if that is certain. */
    public Optional<String> missed(Optional<OfferStatus> row) {
        if (row.isEmpty()) {
            return Optional.of("the offer is gone");
        }
        PublishRun run = row.get().getRun();
        if ((this == LIVE || this == PREVIEW) && run != null) {
            return run.getState() == RunState.FAILED ? Optional.of("the run has failed")
                    : run.getState() == RunState.CANCELLED ? Optional.of("the run was cancelled") : Optional.empty();
        }
        return Optional.empty();
    }
}
