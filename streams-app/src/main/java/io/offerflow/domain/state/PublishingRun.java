package io.offerflow.domain.state;

import io.offerflow.domain.model.PublishStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newest publishing run, kept until the next one so that its end stays visible.
 *
 * @param submission its number, never used again for this offer
 * @param revision the draft version that was submitted; later edits are not part of it (D14)
 * @param current index of the current or last step
 * @param progress of the steps in order
 * @param reported whether any step reported messages, which are kept in a row
 */
public record PublishingRun(long submission, long revision, Instant submittedAt, RunStatus state, int current,
        List<RunStep> progress, boolean reported) {

    static PublishingRun begin(long submission, long revision, List<PublishStep> steps, Instant at) {
        List<RunStep> waiting = steps.stream()
                .map(step -> new RunStep(step, Optional.empty(), Optional.empty())).toList();
        return new PublishingRun(submission, revision, at, RunStatus.ACTIVE, 0, waiting, false).started(at);
    }

    public boolean active() {
        return state == RunStatus.ACTIVE;
    }

    public PublishStep step() {
        return progress.get(current).step();
    }

    public RunPhase phase() {
        int order = step().compareTo(PublishStep.PUBLISHER_SIGN_OFF);
        return order < 0 ? RunPhase.BEFORE_SIGN_OFF : order == 0 ? RunPhase.AT_SIGN_OFF : RunPhase.AFTER_SIGN_OFF;
    }

    /** The current step has succeeded and the next one begins, if there is one. */
    PublishingRun next(Instant at) {
        PublishingRun done = ended(at);
        return current + 1 == progress.size() ? done
                : new PublishingRun(submission, revision, submittedAt, state, current + 1, done.progress, reported)
                        .started(at);
    }

    /** The current step has ended. */
    PublishingRun ended(Instant at) {
        return replace(new RunStep(step(), progress.get(current).startedAt(), Optional.of(at)));
    }

    PublishingRun in(RunStatus end) {
        return new PublishingRun(submission, revision, submittedAt, end, current, progress, reported);
    }

    PublishingRun reporting(boolean something) {
        return new PublishingRun(submission, revision, submittedAt, state, current, progress, reported || something);
    }

    private PublishingRun started(Instant at) {
        return replace(new RunStep(step(), Optional.of(at), Optional.empty()));
    }

    private PublishingRun replace(RunStep changed) {
        List<RunStep> replaced = new ArrayList<>(progress);
        replaced.set(current, changed);
        return new PublishingRun(submission, revision, submittedAt, state, current, List.copyOf(replaced), reported);
    }
}
