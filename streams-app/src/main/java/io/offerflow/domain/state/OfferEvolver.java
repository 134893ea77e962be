package io.offerflow.domain.state;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.OfferFeatures;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.Removal;
import io.offerflow.domain.model.RemovalState;
import io.offerflow.domain.model.StepMessage;
import io.offerflow.domain.state.row.PriceRow;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.SubmissionNotesRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Applies entries and events to the state of an offer: nothing else makes a new state. Total: an entry or event that
 * does not fit changes nothing. It is the evolving half of {@code OfferDecider}.
 */
public final class OfferEvolver {

    private OfferEvolver() {
    }

    /**
     * Applies an entry.
     *
     * @param entry with the sequence of the state, or the next one; any other entry changes nothing
     * @return the state after the entry, with the rows that it changes
     */
    public static OfferState apply(OfferState state, Entry entry) {
        long ahead = entry.sequence() - state.header().sequence();
        if (ahead != 0 && ahead != 1) {
            return state;
        }
        OfferState next = state;
        for (Entry.DueEvent due : entry.dueEvents()) {
            next = apply(next, due.event(), due.at());
        }
        for (Event event : entry.decision().events()) {
            next = apply(next, event, entry.clock());
        }
        OfferState remembered = CommandDeduplication.remembered(next, entry, ahead == 1);
        if (ahead == 0) {
            return remembered;
        }
        OfferState cleanedUp = AudienceEvolver.cleanedUp(droppedImport(entry)
                .map(planId -> AudienceEvolver.dropped(remembered, planId)).orElse(remembered));
        return keepRows(cleanedUp, cleanedUp.header().change(to -> {
            to.sequence = entry.sequence();
            to.clock = entry.clock();
        }));
    }

    /**
     * B34: a refused chunk drops the chunks before it, the only change that a refusal makes; so does a last chunk that
     * is accepted without effect (B72).
     */
    private static Optional<String> droppedImport(Entry entry) {
        boolean ended = entry.decision() instanceof Decision.Rejected
                || entry.decision() instanceof Decision.CommandIdReused
                || entry.decision() instanceof Decision.Accepted accepted && accepted.events().isEmpty();
        return entry.envelope().filter(envelope -> ended && !envelope.validateOnly()).map(CommandEnvelope::command)
                .filter(Command.ImportAudience.class::isInstance).map(Command.ImportAudience.class::cast)
                .map(Command.ImportAudience::planId);
    }

    /**
     * Applies an event.
     *
     * @param at the time of the event: its due time, or the clock of its entry
     * @return the state after the event; sequence and clock are those of the state before
     */
    public static OfferState apply(OfferState state, Event event, Instant at) {
        OfferState next = applied(state, event, at);
        return AudienceEvolver.needsSettling(state.header(), next.header()) ? AudienceEvolver.settled(next) : next;
    }

    private static OfferState applied(OfferState state, Event event, Instant at) {
        OfferHeader header = state.header();
        return switch (event) {
            case Event.OfferCreated created -> keepRows(state, header.change(to -> {
                to.exists = true;
                to.type = created.type();
                to.alias = created.alias();
                to.revision++;
            }));
            case Event.SectionSaved saved -> SectionEvolver.saved(state, saved);
            case Event.SectionAssessed assessed -> SectionEvolver.assessed(state, assessed);
            case Event.PlanSaved saved -> SaleEvolver.withNothingToSell(SectionEvolver.planSaved(state, saved));
            case Event.PlanAssessed assessed -> SectionEvolver.planAssessed(state, assessed);
            case Event.PlanDeleted deleted -> AudienceEvolver.withoutPlan(SaleEvolver.withNothingToSell(
                    SaleEvolver.withoutPlan(SectionEvolver.planDeleted(state, deleted), deleted.planId())),
                    deleted.planId());
            case Event.OfferSubmitted submitted -> submitted(state, submitted, at);
            case Event.SubmissionSuperseded old -> end(state, old.submission(), RunStatus.WITHDRAWN, at);
            case Event.SubmissionWithdrawn old -> end(state, old.submission(), RunStatus.WITHDRAWN, at);
            case Event.PublishCancelled cancelled -> end(state, cancelled.submission(), RunStatus.CANCELLED, at);
            case Event.StepSucceeded done -> reported(state, done.submission(), done.step(), done.messages(),
                    run -> run.next(at));
            case Event.PublishFailed failed ->
                    RevisionPruner.release(reported(state, failed.submission(), failed.step(),
                    failed.messages(), run -> run.ended(at).in(RunStatus.FAILED)));
            case Event.PreviewReady ready -> state; // the run waits for sign-off since the previous step succeeded
            case Event.OfferSignedOff signedOff -> run(state, signedOff.submission(), run -> run.next(at));
            case Event.OfferWentLive live -> wentLive(state, live, at);
            case Event.DraftDeleted deleted -> deleted(state);
            case Event.SellingStopRequested stop -> keepRows(state,
                    header.change(to -> to.stop = Optional.of(new StopSell(false, stop.effectiveAt()))));
            case Event.SellingResumed resumed -> keepRows(state, header.change(to -> to.stop = Optional.empty()));
            case Event.SellingStopped stopped -> SaleEvolver.stopped(state, at);
            case Event.PlanSellingStopRequested stop -> SaleEvolver.withNothingToSell(keepRows(state,
                    header.change(to -> to.planStops().put(stop.planId(), stop.effectiveAt()))));
            case Event.PlanSellingResumed resumed -> SaleEvolver.withNothingToSell(keepRows(state,
                    header.change(to -> to.planStops().remove(resumed.planId()))));
            case Event.PlanSellingStopped stopped ->
                    SaleEvolver.withNothingToSell(SaleEvolver.planStopped(state, stopped.planId()));
            case Event.AudienceIdAdded added -> AudienceEvolver.added(state, added);
            case Event.AudienceIdRemoved removed -> AudienceEvolver.removed(state, removed);
            case Event.AudienceChunkStaged chunk -> AudienceEvolver.staged(state, chunk);
            case Event.AudienceImported imported -> AudienceEvolver.imported(state, imported);
            case Event.AudienceSynced synced -> AudienceEvolver.synced(state, synced);
            case Event.AudienceSyncRequested sync -> AudienceEvolver.syncRequested(state, sync);
            case Event.AudienceSyncFailed sync -> AudienceEvolver.syncFailed(state, sync);
            case Event.PriceChangeScheduled change -> new OfferState(state.key(), header, state.rows().put(
                    new RowKey.PriceKey(change.planId()), new PriceRow(change.effectiveAt(), change.charged())));
            case Event.PriceChangeDropped change -> SaleEvolver.withoutPrices(state, change.planId());
            case Event.PlanAcquired acquired -> SaleEvolver.acquired(state, acquired, at);
            case Event.RemovalMoved moved -> keepRows(state, header.change(to -> {
                to.removal = Optional.of(new Removal(moved.request(), moved.state()));
                to.revocations += moved.state() == RemovalState.COMPLETED ? 1 : 0; // E13
            }));
        };
    }

    private static OfferState keepRows(OfferState state, OfferHeader header) {
        return new OfferState(state.key(), header, state.rows());
    }

    private static OfferState submitted(OfferState state, Event.OfferSubmitted submitted, Instant at) {
        StateRows rows =
                state.header().run().map(old -> state.rows().delete(new RowKey.SubmissionNotesKey(old.submission())))
                .orElse(state.rows());
        StateRows noted = submitted.notes().isEmpty() ? rows
                : rows.put(new RowKey.SubmissionNotesKey(submitted.submission()),
                new SubmissionNotesRow(submitted.notes(), Map.of()));
        return RevisionPruner.release(new OfferState(state.key(), state.header().change(to -> {
            to.submission = submitted.submission();
            to.run = Optional.of(PublishingRun.begin(submitted.submission(), submitted.revision(), submitted.steps(),
                    at));
        }), noted));
    }

    private static OfferState end(OfferState state, long submission, RunStatus end, Instant at) {
        return RevisionPruner.release(run(state, submission, run -> run.ended(at).in(end)));
    }

    private static OfferState reported(OfferState state, long submission, PublishStep step, List<StepMessage> messages,
            UnaryOperator<PublishingRun> how) {
        OfferState moved = run(state, submission, run -> how.apply(run).reporting(!messages.isEmpty()));
        return messages.isEmpty() ? moved : new OfferState(state.key(), moved.header(), moved.rows()
                .put(new RowKey.SubmissionNotesKey(submission),
                        state.submissionNotes(submission).with(step, messages)));
    }

    /** Changes the active run, if it is the run of this submission. */
    private static OfferState run(OfferState state, long submission, UnaryOperator<PublishingRun> how) {
        return state.header().activeRun().filter(run -> run.submission() == submission)
                .map(run -> keepRows(state, state.header().change(to -> to.run = Optional.of(how.apply(run)))))
                .orElse(state);
    }

    private static OfferState wentLive(OfferState state, Event.OfferWentLive live, Instant at) {
        OfferState ended = run(state, live.submission(), run -> run.in(RunStatus.WENT_LIVE));
        return ended.header().run().filter(run -> run.submission() == live.submission())
                .map(run -> AudienceEvolver.published(SaleEvolver.withNothingToSell(RevisionPruner.release(
                        SaleEvolver.wentLive(ended,
                        new LiveVersion(live.submission(), run.revision(), at), live.version()))))).orElse(state);
    }

    /** The offer leaves the portal; ids, counters (B13) and the entitlements of its customers stay (D5). */
    private static OfferState deleted(OfferState state) {
        List<Long> numbers = state.header().live().map(live -> List.of(live.revision())).orElse(List.of());
        OfferState bare = RevisionPruner.only(SaleEvolver.withoutPrices(state), saved -> saved.only(numbers));
        StateRows rows =
                bare.header().run().map(run -> bare.rows().delete(new RowKey.SubmissionNotesKey(run.submission())))
                .orElse(bare.rows());
        return new OfferState(state.key(), bare.header().change(to -> {
            to.exists = false;
            to.run = Optional.empty();
            to.features = OfferFeatures.NONE;
        }), rows);
    }
}
