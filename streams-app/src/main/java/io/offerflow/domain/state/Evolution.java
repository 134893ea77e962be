package io.offerflow.domain.state;

import io.offerflow.domain.Ask;
import io.offerflow.domain.Command;
import io.offerflow.domain.Decision;
import io.offerflow.domain.Entry;
import io.offerflow.domain.Event;
import io.offerflow.domain.Removal;
import io.offerflow.domain.SectionId;
import io.offerflow.domain.Setup;
import io.offerflow.domain.Step;
import io.offerflow.domain.StepMessage;
import io.offerflow.domain.content.Content;
import io.offerflow.domain.content.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The only thing that makes a new state of an old one. Total: an entry or event that does not fit changes nothing. */
public final class Evolution {

    private Evolution() {
    }

    /** The state after an entry. */
    public static OfferState apply(OfferState state, Entry entry) {
        long ahead = entry.sequence() - state.facts().sequence();
        if (ahead != 0 && ahead != 1) {
            return state;
        }
        OfferState next = state;
        for (Entry.Due due : entry.due()) {
            next = apply(next, due.event(), due.at());
        }
        for (Event event : entry.decision().events()) {
            next = apply(next, event, entry.now());
        }
        OfferState told = Remembering.remembered(next, entry, ahead == 1);
        if (ahead == 0) {
            return told;
        }
        OfferState tidied = Audiences.swept(droppedImport(entry).map(planId -> Audiences.dropped(told, planId)).orElse(told));
        return keepRows(tidied, tidied.facts().change(to -> {
            to.sequence = entry.sequence();
            to.clock = entry.now();
        }));
    }

    /** B34: whatever refuses a chunk drops what came before it: the one change that a refusal makes. */
    private static Optional<String> droppedImport(Entry entry) {
        boolean refused = entry.decision() instanceof Decision.Rejected || entry.decision() instanceof Decision.Reused;
        return entry.ask().filter(ask -> refused && !ask.validateOnly()).map(Ask::command)
                .filter(Command.ImportAudience.class::isInstance).map(Command.ImportAudience.class::cast)
                .map(Command.ImportAudience::planId);
    }

    /** The state after one thing that happened. */
    public static OfferState apply(OfferState state, Event event, Instant at) {
        OfferState next = happened(state, event, at);
        return Audiences.areSeenAnew(state.facts(), next.facts()) ? Audiences.settled(next) : next;
    }

    private static OfferState happened(OfferState state, Event event, Instant at) {
        OfferFacts facts = state.facts();
        return switch (event) {
            case Event.OfferCreated created -> keepRows(state, facts.change(to -> {
                to.exists = true;
                to.type = created.type();
                to.alias = created.alias();
                to.revision++;
            }));
            case Event.SectionSaved saved -> saved(state, saved);
            case Event.SectionAssessed assessed -> assessed(state, assessed);
            case Event.PlanSaved saved -> Selling.reckoned(planSaved(state, saved));
            case Event.PlanAssessed assessed -> planAssessed(state, assessed);
            case Event.PlanDeleted deleted -> Audiences.withoutPlan(Selling.reckoned(Selling.withoutPlan(overview(state,
                    deleted.revision(), state.plans().without(deleted.planId(), deleted.overview())),
                    deleted.planId())), deleted.planId());
            case Event.OfferSubmitted submitted -> submitted(state, submitted, at);
            case Event.SubmissionSuperseded old -> end(state, old.submission(), Run.State.WITHDRAWN, at);
            case Event.SubmissionWithdrawn old -> end(state, old.submission(), Run.State.WITHDRAWN, at);
            case Event.PublishCancelled cancelled -> end(state, cancelled.submission(), Run.State.CANCELLED, at);
            case Event.StepSucceeded done -> reported(state, done.submission(), done.step(), done.messages(),
                    run -> run.next(at));
            case Event.PublishFailed failed -> Retention.release(reported(state, failed.submission(), failed.step(),
                    failed.messages(), run -> run.ended(at).in(Run.State.FAILED)));
            case Event.PreviewReady ready -> state; // the run waits for sign-off since the step before succeeded
            case Event.OfferSignedOff signedOff -> run(state, signedOff.submission(), run -> run.next(at));
            case Event.OfferWentLive live -> wentLive(state, live, at);
            case Event.DraftDeleted deleted -> deleted(state);
            case Event.SellingStopRequested stop -> keepRows(state,
                    facts.change(to -> to.stop = Optional.of(new Stop(false, stop.effectiveAt()))));
            case Event.SellingResumed resumed -> keepRows(state, facts.change(to -> to.stop = Optional.empty()));
            case Event.SellingStopped stopped -> Selling.stopped(state, at);
            case Event.PlanSellingStopRequested stop -> Selling.reckoned(keepRows(state,
                    facts.change(to -> to.planStops().put(stop.planId(), stop.effectiveAt()))));
            case Event.PlanSellingResumed resumed -> Selling.reckoned(keepRows(state,
                    facts.change(to -> to.planStops().remove(resumed.planId()))));
            case Event.PlanSellingStopped stopped -> Selling.reckoned(Selling.planStopped(state, stopped.planId()));
            case Event.AudienceIdAdded added -> Audiences.added(state, added);
            case Event.AudienceIdRemoved removed -> Audiences.removed(state, removed);
            case Event.AudienceChunkStaged chunk -> Audiences.staged(state, chunk);
            case Event.AudienceImported imported -> Audiences.imported(state, imported);
            case Event.AudienceSynced synced -> Audiences.synced(state, synced);
            case Event.AudienceSyncRequested sync -> Audiences.syncRequested(state, sync);
            case Event.AudienceSyncFailed sync -> Audiences.syncFailed(state, sync);
            case Event.PriceChangeScheduled change -> new OfferState(state.key(), facts, state.rows().put(
                    new Row.PricesKey(change.planId()), new Row.Prices(change.effectiveAt(), change.charged())));
            case Event.PriceChangeDropped change -> Selling.withoutPrices(state, change.planId());
            case Event.PlanAcquired acquired -> Selling.acquired(state, acquired, at);
            case Event.RemovalMoved moved -> keepRows(state, facts.change(to -> {
                to.removal = Optional.of(new Removal(moved.request(), moved.state()));
                to.revocations += moved.state() == Removal.State.COMPLETED ? 1 : 0; // E13
            }));
        };
    }

    private static OfferState keepRows(OfferState state, OfferFacts facts) {
        return new OfferState(state.key(), facts, state.rows());
    }

    private static OfferState saved(OfferState state, Event.SectionSaved saved) {
        SectionFacts.Revision revision = new SectionFacts.Revision(saved.revision(), saved.content().digest());
        OfferFacts facts = state.facts().change(to -> {
            to.revision = saved.revision();
            to.sections().merge(saved.section(), new SectionFacts(List.of(revision), saved.problems().size()),
                    (old, first) -> old.saved(revision, saved.problems().size()));
            if (saved.section() == SectionId.OFFER_SETUP) {
                to.setup = setup(saved.content());
            }
        });
        Rows rows = state.rows().put(new Row.SectionKey(saved.section(), saved.revision()),
                new Row.Section(saved.content(), saved.problems()));
        return Retention.release(new OfferState(state.key(), facts, rows), saved.section());
    }

    private static Setup setup(Content setup) {
        return new Setup(setup.fields().flag("sellThroughMicrosoft"), setup.fields().flag("testDriveEnabled"),
                setup.fields().get("leadDestination").isPresent());
    }

    private static OfferState assessed(OfferState state, Event.SectionAssessed assessed) {
        Row.SectionKey key = new Row.SectionKey(assessed.section(), assessed.revision());
        return state.rows().read(key, Row.Section.class).map(row -> new OfferState(state.key(),
                state.facts().change(to -> to.sections().computeIfPresent(assessed.section(),
                        (section, old) -> new SectionFacts(old.revisions(), assessed.problems().size()))),
                state.rows().put(key, new Row.Section(row.content(), assessed.problems())))).orElse(state);
    }

    private static OfferState planSaved(OfferState state, Event.PlanSaved saved) {
        Value.Group content = saved.change().applyTo(state.plan(saved.planId(), state.plans()));
        Row.PlanEntry entry = new Row.PlanEntry(saved.revision(), content.digest(), content.text("name"),
                content.text("pricingModel"), content.text("visibility").equals(Optional.of("PRIVATE")),
                saved.mark(), saved.problems());
        OfferState written = new OfferState(state.key(), state.facts(), state.rows()
                .put(new Row.PlanKey(saved.planId(), saved.revision()), new Row.Plan(content)));
        return overview(written, saved.revision(), state.plans().with(saved.planId(), entry, saved.overview()));
    }

    private static OfferState planAssessed(OfferState state, Event.PlanAssessed assessed) {
        SectionFacts saved = state.facts().sections().get(SectionId.PLAN_OVERVIEW);
        Row.PlanEntry old = state.plans().plans().get(assessed.planId());
        if (saved == null || old == null) {
            return state;
        }
        Row.Overview overview = state.plans().with(assessed.planId(), old.with(assessed.problems()),
                state.plans().problems());
        return new OfferState(state.key(), state.facts().change(to -> to.sections().put(SectionId.PLAN_OVERVIEW,
                new SectionFacts(saved.revisions(), overview.allProblems().size()))),
                state.rows().put(new Row.SectionKey(SectionId.PLAN_OVERVIEW, saved.draft().number()), overview));
    }

    /** The plans of the draft are these from a revision on. */
    private static OfferState overview(OfferState state, long revision, Row.Overview overview) {
        SectionFacts.Revision stamped = new SectionFacts.Revision(revision, overview.digest());
        int problems = overview.allProblems().size();
        OfferFacts facts = state.facts().change(to -> {
            to.revision = revision;
            to.sections().merge(SectionId.PLAN_OVERVIEW, new SectionFacts(List.of(stamped), problems),
                    (old, first) -> old.saved(stamped, problems));
        });
        return Retention.release(new OfferState(state.key(), facts, state.rows().put(
                new Row.SectionKey(SectionId.PLAN_OVERVIEW, revision), overview)), SectionId.PLAN_OVERVIEW);
    }

    private static OfferState submitted(OfferState state, Event.OfferSubmitted submitted, Instant at) {
        Rows rows = state.facts().run().map(old -> state.rows().delete(new Row.TextsKey(old.submission())))
                .orElse(state.rows());
        Rows noted = submitted.notes().isEmpty() ? rows : rows.put(new Row.TextsKey(submitted.submission()),
                new Row.Texts(submitted.notes(), Map.of()));
        return Retention.release(new OfferState(state.key(), state.facts().change(to -> {
            to.submission = submitted.submission();
            to.run = Optional.of(Run.begin(submitted.submission(), submitted.revision(), submitted.steps(), at));
        }), noted));
    }

    private static OfferState end(OfferState state, long submission, Run.State end, Instant at) {
        return Retention.release(run(state, submission, run -> run.ended(at).in(end)));
    }

    private static OfferState reported(OfferState state, long submission, Step step, List<StepMessage> messages,
            UnaryOperator<Run> how) {
        OfferState moved = run(state, submission, run -> how.apply(run).reporting(!messages.isEmpty()));
        return messages.isEmpty() ? moved : new OfferState(state.key(), moved.facts(), moved.rows()
                .put(new Row.TextsKey(submission), state.texts(submission).with(step, messages)));
    }

    /** Changes the active run, if it is the run of this submission. */
    private static OfferState run(OfferState state, long submission, UnaryOperator<Run> how) {
        return state.facts().activeRun().filter(run -> run.submission() == submission)
                .map(run -> keepRows(state, state.facts().change(to -> to.run = Optional.of(how.apply(run)))))
                .orElse(state);
    }

    private static OfferState wentLive(OfferState state, Event.OfferWentLive live, Instant at) {
        OfferState ended = run(state, live.submission(), run -> run.in(Run.State.WENT_LIVE));
        return ended.facts().run().filter(run -> run.submission() == live.submission())
                .map(run -> Audiences.published(Selling.reckoned(Retention.release(Selling.wentLive(ended,
                        new Live(live.submission(), run.revision(), at), live.version()))))).orElse(state);
    }

    /** The offer leaves the portal; ids and counters stay (B13), and so does what customers may have bought (D5). */
    private static OfferState deleted(OfferState state) {
        List<Long> numbers = state.facts().live().map(live -> List.of(live.revision())).orElse(List.of());
        OfferState bare = Retention.only(Selling.withoutPrices(state), saved -> saved.only(numbers));
        Rows rows = bare.facts().run().map(run -> bare.rows().delete(new Row.TextsKey(run.submission())))
                .orElse(bare.rows());
        return new OfferState(state.key(), bare.facts().change(to -> {
            to.exists = false;
            to.run = Optional.empty();
            to.setup = Setup.NONE;
        }), rows);
    }
}
