package io.offerflow.domain.state;

import io.offerflow.domain.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest publishing run, kept until the next one so that people can see how it ended.
 *
 * @param submission its number, never used again for this offer
 * @param revision the draft version that was submitted; later edits are not part of it (D14)
 * @param current index of the step that is, or was last, at work
 * @param progress of the steps in order
 * @param reported whether any step had something to say, which is kept beside the facts
 */
public record Run(long submission, long revision, Instant submittedAt, State state, int current,
        List<Progress> progress, boolean reported) {

    /** How a run stands. */
    public enum State { ACTIVE, WENT_LIVE, FAILED, CANCELLED, WITHDRAWN }

    /** Where a run is, as the rules of cancelling see it (S22, S23). */
    public enum Phase { BEFORE_SIGN_OFF, AT_SIGN_OFF, AFTER_SIGN_OFF }

    /** When a step began and ended. */
    public record Progress(Step step, Optional<Instant> startedAt, Optional<Instant> endedAt) {
    }

    static Run begin(long submission, long revision, List<Step> steps, Instant at) {
        List<Progress> waiting = steps.stream()
                .map(step -> new Progress(step, Optional.empty(), Optional.empty())).toList();
        return new Run(submission, revision, at, State.ACTIVE, 0, waiting, false).started(at);
    }

    public boolean active() {
        return state == State.ACTIVE;
    }

    public Step step() {
        return progress.get(current).step();
    }

    public Phase phase() {
        int order = step().compareTo(Step.PUBLISHER_SIGN_OFF);
        return order < 0 ? Phase.BEFORE_SIGN_OFF : order == 0 ? Phase.AT_SIGN_OFF : Phase.AFTER_SIGN_OFF;
    }

    /** The current step is done and the next one begins, if there is one. */
    Run next(Instant at) {
        Run done = ended(at);
        return current + 1 == progress.size() ? done
                : new Run(submission, revision, submittedAt, state, current + 1, done.progress, reported).started(at);
    }

    /** The current step is over, and with it perhaps the run. */
    Run ended(Instant at) {
        return replace(new Progress(step(), progress.get(current).startedAt(), Optional.of(at)));
    }

    Run in(State end) {
        return new Run(submission, revision, submittedAt, end, current, progress, reported);
    }

    Run reporting(boolean something) {
        return new Run(submission, revision, submittedAt, state, current, progress, reported || something);
    }

    private Run started(Instant at) {
        return replace(new Progress(step(), Optional.of(at), Optional.empty()));
    }

    private Run replace(Progress changed) {
        List<Progress> replaced = new ArrayList<>(progress);
        replaced.set(current, changed);
        return new Run(submission, revision, submittedAt, state, current, List.copyOf(replaced), reported);
    }
}
