package io.offerflow.domain.state;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.OfferFeatures;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.Removal;
import io.offerflow.domain.model.RemovalState;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.StepMessage;
import io.offerflow.domain.model.Value;
import io.offerflow.domain.state.row.PlanOverviewRow;
import io.offerflow.domain.state.row.PlanRow;
import io.offerflow.domain.state.row.PlanSummary;
import io.offerflow.domain.state.row.PriceRow;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.SectionRow;
import io.offerflow.domain.state.row.SubmissionNotesRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The only thing that makes a new state of an old one. Total: an entry or event that does not fit changes nothing. */
public final class OfferEvolver {

    private OfferEvolver() {
    }

    /** The state after an entry. */
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
        OfferState told = CommandDeduplication.remembered(next, entry, ahead == 1);
        if (ahead == 0) {
            return told;
        }
        OfferState tidied = AudienceEvolver.cleanedUp(droppedImport(entry).map(planId -> AudienceEvolver.dropped(told, planId)).orElse(told));
        return keepRows(tidied, tidied.header().change(to -> {
            to.sequence = entry.sequence();
            to.clock = entry.clock();
        }));
    }

    /** B34: whatever refuses a chunk drops what came before it: the one change that a refusal makes. */
    private static Optional<String> droppedImport(Entry entry) {
        boolean refused = entry.decision() instanceof Decision.Rejected || entry.decision() instanceof Decision.CommandIdReused;
        return entry.envelope().filter(envelope -> refused && !envelope.validateOnly()).map(CommandEnvelope::command)
                .filter(Command.ImportAudience.class::isInstance).map(Command.ImportAudience.class::cast)
                .map(Command.ImportAudience::planId);
    }

    /** The state after one thing that happened. */
    public static OfferState apply(OfferState state, Event event, Instant at) {
        OfferState next = happened(state, event, at);
        return AudienceEvolver.needsSettling(state.header(), next.header()) ? AudienceEvolver.settled(next) : next;
    }

    private static OfferState happened(OfferState state, Event event, Instant at) {
        OfferHeader header = state.header();
        return switch (event) {
            case Event.OfferCreated created -> keepRows(state, header.change(to -> {
                to.exists = true;
                to.type = created.type();
                to.alias = created.alias();
                to.revision++;
            }));
            case Event.SectionSaved saved -> saved(state, saved);
            case Event.SectionAssessed assessed -> assessed(state, assessed);
            case Event.PlanSaved saved -> SaleEvolver.withNothingToSell(planSaved(state, saved));
            case Event.PlanAssessed assessed -> planAssessed(state, assessed);
            case Event.PlanDeleted deleted -> AudienceEvolver.withoutPlan(SaleEvolver.withNothingToSell(SaleEvolver.withoutPlan(overview(state,
                    deleted.revision(), state.plans().without(deleted.planId(), deleted.overview())),
                    deleted.planId())), deleted.planId());
            case Event.OfferSubmitted submitted -> submitted(state, submitted, at);
            case Event.SubmissionSuperseded old -> end(state, old.submission(), RunStatus.WITHDRAWN, at);
            case Event.SubmissionWithdrawn old -> end(state, old.submission(), RunStatus.WITHDRAWN, at);
            case Event.PublishCancelled cancelled -> end(state, cancelled.submission(), RunStatus.CANCELLED, at);
            case Event.StepSucceeded done -> reported(state, done.submission(), done.step(), done.messages(),
                    run -> run.next(at));
            case Event.PublishFailed failed -> RevisionPruner.release(reported(state, failed.submission(), failed.step(),
                    failed.messages(), run -> run.ended(at).in(RunStatus.FAILED)));
            case Event.PreviewReady ready -> state; // the run waits for sign-off since the step before succeeded
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
            case Event.PlanSellingStopped stopped -> SaleEvolver.withNothingToSell(SaleEvolver.planStopped(state, stopped.planId()));
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

    private static OfferState saved(OfferState state, Event.SectionSaved saved) {
        SectionRevisions.SectionRevision revision = new SectionRevisions.SectionRevision(saved.revision(), saved.content().digest());
        OfferHeader header = state.header().change(to -> {
            to.revision = saved.revision();
            to.sections().merge(saved.section(), new SectionRevisions(List.of(revision), saved.problems().size()),
                    (old, first) -> old.saved(revision, saved.problems().size()));
            if (saved.section() == SectionId.OFFER_SETUP) {
                to.features = setup(saved.content());
            }
        });
        StateRows rows = state.rows().put(new RowKey.SectionKey(saved.section(), saved.revision()),
                new SectionRow(saved.content(), saved.problems()));
        return RevisionPruner.release(new OfferState(state.key(), header, rows), saved.section());
    }

    private static OfferFeatures setup(Content setup) {
        return new OfferFeatures(setup.fields().flag("sellThroughMicrosoft"), setup.fields().flag("testDriveEnabled"),
                setup.fields().get("leadDestination").isPresent());
    }

    private static OfferState assessed(OfferState state, Event.SectionAssessed assessed) {
        RowKey.SectionKey key = new RowKey.SectionKey(assessed.section(), assessed.revision());
        return state.rows().read(key, SectionRow.class).map(row -> new OfferState(state.key(),
                state.header().change(to -> to.sections().computeIfPresent(assessed.section(),
                        (section, old) -> new SectionRevisions(old.revisions(), assessed.problems().size()))),
                state.rows().put(key, new SectionRow(row.content(), assessed.problems())))).orElse(state);
    }

    private static OfferState planSaved(OfferState state, Event.PlanSaved saved) {
        Value.Struct content = saved.change().applyTo(state.plan(saved.planId(), state.plans()));
        PlanSummary entry = new PlanSummary(saved.revision(), content.digest(), content.text("name"),
                content.text("pricingModel"), content.text("visibility").equals(Optional.of("PRIVATE")),
                saved.relist(), saved.problems());
        OfferState written = new OfferState(state.key(), state.header(), state.rows()
                .put(new RowKey.PlanKey(saved.planId(), saved.revision()), new PlanRow(content)));
        return overview(written, saved.revision(), state.plans().with(saved.planId(), entry, saved.overview()));
    }

    private static OfferState planAssessed(OfferState state, Event.PlanAssessed assessed) {
        SectionRevisions saved = state.header().sections().get(SectionId.PLAN_OVERVIEW);
        PlanSummary old = state.plans().plans().get(assessed.planId());
        if (saved == null || old == null) {
            return state;
        }
        PlanOverviewRow overview = state.plans().with(assessed.planId(), old.with(assessed.problems()),
                state.plans().problems());
        return new OfferState(state.key(), state.header().change(to -> to.sections().put(SectionId.PLAN_OVERVIEW,
                new SectionRevisions(saved.revisions(), overview.allProblems().size()))),
                state.rows().put(new RowKey.SectionKey(SectionId.PLAN_OVERVIEW, saved.draft().number()), overview));
    }

    /** The plans of the draft are these from a revision on. */
    private static OfferState overview(OfferState state, long revision, PlanOverviewRow overview) {
        SectionRevisions.SectionRevision stamped = new SectionRevisions.SectionRevision(revision, overview.digest());
        int problems = overview.allProblems().size();
        OfferHeader header = state.header().change(to -> {
            to.revision = revision;
            to.sections().merge(SectionId.PLAN_OVERVIEW, new SectionRevisions(List.of(stamped), problems),
                    (old, first) -> old.saved(stamped, problems));
        });
        return RevisionPruner.release(new OfferState(state.key(), header, state.rows().put(
                new RowKey.SectionKey(SectionId.PLAN_OVERVIEW, revision), overview)), SectionId.PLAN_OVERVIEW);
    }

    private static OfferState submitted(OfferState state, Event.OfferSubmitted submitted, Instant at) {
        StateRows rows = state.header().run().map(old -> state.rows().delete(new RowKey.SubmissionNotesKey(old.submission())))
                .orElse(state.rows());
        StateRows noted = submitted.notes().isEmpty() ? rows : rows.put(new RowKey.SubmissionNotesKey(submitted.submission()),
                new SubmissionNotesRow(submitted.notes(), Map.of()));
        return RevisionPruner.release(new OfferState(state.key(), state.header().change(to -> {
            to.submission = submitted.submission();
            to.run = Optional.of(PublishingRun.begin(submitted.submission(), submitted.revision(), submitted.steps(), at));
        }), noted));
    }

    private static OfferState end(OfferState state, long submission, RunStatus end, Instant at) {
        return RevisionPruner.release(run(state, submission, run -> run.ended(at).in(end)));
    }

    private static OfferState reported(OfferState state, long submission, PublishStep step, List<StepMessage> messages,
            UnaryOperator<PublishingRun> how) {
        OfferState moved = run(state, submission, run -> how.apply(run).reporting(!messages.isEmpty()));
        return messages.isEmpty() ? moved : new OfferState(state.key(), moved.header(), moved.rows()
                .put(new RowKey.SubmissionNotesKey(submission), state.submissionNotes(submission).with(step, messages)));
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
                .map(run -> AudienceEvolver.published(SaleEvolver.withNothingToSell(RevisionPruner.release(SaleEvolver.wentLive(ended,
                        new LiveVersion(live.submission(), run.revision(), at), live.version()))))).orElse(state);
    }

    /** The offer leaves the portal; ids and counters stay (B13), and so does what customers may have bought (D5). */
    private static OfferState deleted(OfferState state) {
        List<Long> numbers = state.header().live().map(live -> List.of(live.revision())).orElse(List.of());
        OfferState bare = RevisionPruner.only(SaleEvolver.withoutPrices(state), saved -> saved.only(numbers));
        StateRows rows = bare.header().run().map(run -> bare.rows().delete(new RowKey.SubmissionNotesKey(run.submission())))
                .orElse(bare.rows());
        return new OfferState(state.key(), bare.header().change(to -> {
            to.exists = false;
            to.run = Optional.empty();
            to.features = OfferFeatures.NONE;
        }), rows);
    }
}
