package io.offerflow.simulation;

import static io.offerflow.simulation.Variants.accept;
import static io.offerflow.simulation.Variants.after;
import static io.offerflow.simulation.Variants.answered;
import static io.offerflow.simulation.Variants.applied;
import static io.offerflow.simulation.Variants.appliedAs;
import static io.offerflow.simulation.Variants.received;
import static io.offerflow.simulation.Variants.at;
import static io.offerflow.simulation.Variants.decidedEvent;
import static io.offerflow.simulation.Variants.due;
import static io.offerflow.simulation.Variants.dueEvent;
import static io.offerflow.simulation.Variants.refuse;
import static io.offerflow.simulation.Variants.replaced;
import static io.offerflow.simulation.Variants.seen;
import static io.offerflow.simulation.Variants.takenFor;
import static io.offerflow.simulation.Variants.unrefused;
import static io.offerflow.simulation.Variants.with;
import static io.offerflow.simulation.Variants.written;

import io.offerflow.avro.AudienceState;
import io.offerflow.avro.Notification;
import io.offerflow.avro.NotificationTemplate;
import io.offerflow.avro.PlanStatus;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.AudienceType;
import io.offerflow.domain.model.Command.AcquirePlan;
import io.offerflow.domain.model.Command.CancelPublish;
import io.offerflow.domain.model.Command.CompleteRemoval;
import io.offerflow.domain.model.Command.CreateOffer;
import io.offerflow.domain.model.Command.CreatePlan;
import io.offerflow.domain.model.Command.DeleteDraft;
import io.offerflow.domain.model.Command.DeleteDraftPlan;
import io.offerflow.domain.model.Command.DownloadOffer;
import io.offerflow.domain.model.Command.GoLive;
import io.offerflow.domain.model.Command.ImportAudience;
import io.offerflow.domain.model.Command.RemoveAudienceId;
import io.offerflow.domain.model.Command.ReportStepSucceeded;
import io.offerflow.domain.model.Command.RequestRemoval;
import io.offerflow.domain.model.Command.SaveSection;
import io.offerflow.domain.model.Command.StopSellingOffer;
import io.offerflow.domain.model.Command.StopSellingPlan;
import io.offerflow.domain.model.Command.SubmitOffer;
import io.offerflow.domain.model.Command.SyncPrivateAudience;
import io.offerflow.domain.model.Command.UpdatePlan;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.PlanState;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.RelistIntent;
import io.offerflow.domain.model.RemovalState;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.Status;
import io.offerflow.domain.model.Value;
import io.offerflow.domain.state.AudienceSummary;
import io.offerflow.domain.state.EntitlementStatus;
import io.offerflow.domain.state.LiveVersion;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.PublishingRun;
import io.offerflow.domain.state.RunPhase;
import io.offerflow.domain.state.StateEdits;
import io.offerflow.domain.state.StopSell;
import io.offerflow.domain.state.row.AudienceIndexRow;
import io.offerflow.domain.state.row.AudienceRevision;
import io.offerflow.domain.state.row.EndedEpochRow;
import io.offerflow.domain.state.row.PendingImport;
import io.offerflow.domain.state.row.PlanAudience;
import io.offerflow.domain.state.row.PlanOverviewRow;
import io.offerflow.domain.state.row.PlanRow;
import io.offerflow.domain.state.row.PlanSale;
import io.offerflow.domain.state.row.PlanSalesRow;
import io.offerflow.domain.state.row.PlanSummary;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import io.offerflow.simulation.Variants.Delegate;
import io.offerflow.topology.outputs.Projection.OutputRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Mistakes that a change of the rules could make, each as a variant of the right rules. */
final class PlantedMistakes {

    private static final String UNKNOWN_ID = new UUID(1, 1).toString();

    /**
     * A mistake.
     *
     * @param rule the row it breaks
     */
    record Mistake(String rule, String what, UnaryOperator<Rules> variant) {

        @Override
        public String toString() {
            return rule + " " + what;
        }
    }

    private PlantedMistakes() {
    }

    static List<Mistake> all() {
        return Stream.of(lifecycle(), engine(), publishing(), stopping(), selling(), customers(), audiences(),
                outputs()).flatMap(List::stream).toList();
    }

    private static List<Mistake> lifecycle() {
        return List.of(
                new Mistake("O14", "cancel is allowed at sign-off", unrefused(CancelPublish.class,
                        Reason.CANCEL_TOO_LATE, (offer, cancel) -> cancel.confirmed()
                                && offer.header().running(RunPhase.AT_SIGN_OFF)
                                ? Optional.of(accept(cancelled(offer))) : Optional.empty())),
                new Mistake("O13", "cancel needs no confirmation", takenFor(CancelPublish.class,
                        (offer, cancel) -> new CancelPublish(true))),
                new Mistake("O32", "submit is allowed while the stop is pending", seen(SubmitOffer.class,
                        (offer, submit) -> resumed(offer))),
                new Mistake("O17", "any submission may be signed off", takenFor(GoLive.class,
                        (offer, goLive) -> goLive.submission().filter(named -> named < offer.header().submission())
                                .isPresent() ? new GoLive(Optional.empty()) : goLive)),
                new Mistake("O21", "a draft is deleted while it is being published", seen(DeleteDraft.class,
                        (offer, delete) -> offer.header().running(RunPhase.AFTER_SIGN_OFF) ? offer
                                : withoutRun(offer))),
                new Mistake("O22", "an offer on sale can be deleted", unrefused(DeleteDraft.class,
                        Reason.ALREADY_PUBLISHED, (offer, delete) -> delete.confirmed() && offer.header().stopPending()
                                ? Optional.of(accept(new Event.DraftDeleted())) : Optional.empty())),
                new Mistake("O30", "selling stops during a run", seen(StopSellingOffer.class,
                        (offer, stop) -> offer.header().running(RunPhase.BEFORE_SIGN_OFF) ? withoutRun(offer) : offer)),
                new Mistake("D37", "a deleted id that was live is free again", unrefused(CreateOffer.class,
                        Reason.OFFER_EXISTS, (offer, create) -> offer.header().exists() ? Optional.empty()
                                : Optional.of(accept(new Event.OfferCreated(OfferType.valueOf(create.offerType()),
                                        create.alias()))))),
                new Mistake("B14", "the id of a plan that was live is free again", seen(CreatePlan.class,
                        (offer, create) -> offer.plans().plans().containsKey(create.planId()) ? offer
                                : sales(offer, plans -> plans.remove(create.planId())))),
                new Mistake("P16", "a plan is stopped during a run", seen(StopSellingPlan.class,
                        (offer, stop) -> offer.header().running(RunPhase.BEFORE_SIGN_OFF) ? offer : withoutRun(offer))),
                new Mistake("B29", "a plan whose stop is pending can be deleted", seen(DeleteDraftPlan.class,
                        (offer, delete) -> offer.planState(delete.planId()) == PlanState.STOP_SELL_PENDING
                                ? after(offer, new Event.PlanSellingStopped(delete.planId())) : offer)),
                new Mistake("B3", "customers cannot refer to a deleted offer", answered(Command.ByCustomer.class,
                        (offer, request, right) -> offer.header().exists()
                                || right instanceof Decision.Duplicate ? right
                                : refuse(Reason.OFFER_NOT_FOUND))),
                new Mistake("R5", "a removal is completed while the offer is on sale", unrefused(CompleteRemoval.class,
                        Reason.STILL_ON_SALE, (offer, complete) -> offer.header().status() == Status.LIVE
                                ? Optional.empty() : Optional.of(accept(new Event.RemovalMoved(complete.request(),
                                        RemovalState.COMPLETED))))),
                new Mistake("R2", "two removal requests are open", unrefused(RequestRemoval.class,
                        Reason.REQUEST_ALREADY_OPEN, (offer, request) -> offer.header().removal()
                                .filter(open -> open.state() != RemovalState.SUBMITTED)
                                .map(open -> accept(new Event.RemovalMoved(open.number() + 1,
                                        RemovalState.SUBMITTED))))));
    }

    private static List<Mistake> engine() {
        return List.of(
                new Mistake("V32", "the draft version is not looked at", received(
                        (offer, envelope) -> envelope.expectedVersion()
                                .filter(expected -> expected < offer.header().revision()).isEmpty() ? envelope
                                : new CommandEnvelope(envelope.commandId(), envelope.actor(), Optional.empty(),
                                        envelope.validateOnly(), envelope.digest(), envelope.command()))),
                new Mistake("B44", "the offer's clock runs back", rules -> new Delegate(rules) {
                    @Override
                    public Entry take(OfferState offer, CommandEnvelope envelope, Instant appendedAt) {
                        return at(appendedAt, rules.take(offer, envelope, appendedAt));
                    }
                }),
                new Mistake("B44", "a cleanup moves the offer's clock", rules -> new Delegate(rules) {
                    @Override
                    public Optional<Entry> advance(OfferState offer, Instant until) {
                        return rules.advance(offer, until).map(entry ->
                                until.isAfter(entry.clock()) ? at(until, entry) : entry);
                    }
                }),
                new Mistake("B71", "the draft version of a deleted offer is not looked at", received(
                        (offer, envelope) -> offer.header().exists() ? envelope
                                : new CommandEnvelope(envelope.commandId(), envelope.actor(), Optional.empty(),
                                        envelope.validateOnly(), envelope.digest(), envelope.command()))),
                new Mistake("B73", "a result has the command ids of publishers", rules -> new Delegate(rules) {
                    @Override
                    public Entry take(OfferState offer, CommandEnvelope envelope, Instant appendedAt) {
                        Entry right = rules.take(offer, envelope, appendedAt);
                        return !(envelope.command() instanceof Command.ByPipeline) ? right
                                : offer.header().recentCommands().find(envelope.commandId()).map(known ->
                                        with(right, new Decision.Duplicate(known.answer()))).orElse(right);
                    }
                }),
                new Mistake("B43", "the offer's stop comes before the plans'", due((offer, all) -> all.stream()
                        .filter(one -> !(one.event() instanceof Event.PlanSellingStopped) || all.stream()
                                .noneMatch(other -> other.event() instanceof Event.SellingStopped
                                        && other.at().equals(one.at()))).toList())),
                new Mistake("B43", "stops come before the syncs of audiences", due(PlantedMistakes::syncsLast)),
                new Mistake("B43", "what is due at the very instant comes after", rules -> new Delegate(rules) {
                    @Override
                    public Entry take(OfferState offer, CommandEnvelope envelope, Instant appendedAt) {
                        Entry right = rules.take(offer, envelope, appendedAt);
                        return isDueNow(right)
                                ? at(right.clock(), rules.take(offer, envelope, appendedAt.minusMillis(1)))
                                : right;
                    }

                    @Override
                    public Optional<Entry> advance(OfferState offer, Instant until) {
                        Optional<Entry> right = rules.advance(offer, until);
                        return right.filter(PlantedMistakes::isDueNow).isEmpty() ? right
                                : rules.advance(offer, until.minusMillis(1)).map(entry -> at(until, entry));
                    }
                }),
                new Mistake("B41", "a dry run is taken for a repeat", rules -> new Delegate(rules) {
                    @Override
                    public Entry take(OfferState offer, CommandEnvelope envelope, Instant appendedAt) {
                        Entry right = rules.take(offer, envelope, appendedAt);
                        Decision real = rules.take(offer, inEarnest(envelope), appendedAt).decision();
                        return real instanceof Decision.Duplicate || real instanceof Decision.CommandIdReused
                                ? with(right, real) : right;
                    }
                }),
                new Mistake("B41", "a dry run is remembered", appliedAs(entry -> new Entry(entry.sequence(),
                        entry.clock(), entry.envelope().map(PlantedMistakes::inEarnest), entry.dueEvents(),
                        entry.decision()))),
                new Mistake("B40", "refusals are not remembered", appliedAs(entry ->
                        entry.decision() instanceof Decision.Rejected ? with(entry, refuse(Reason.INTERNAL_ERROR))
                                : entry)),
                new Mistake("V31", "other content under the same id is a repeat", answered(Command.class,
                        (offer, command, right) -> right instanceof Decision.CommandIdReused reused
                                ? new Decision.Duplicate(reused.original()) : right)),
                new Mistake("B13", "ids do not survive the deletion", received(
                        (offer, envelope) -> offer.header().exists() ? envelope
                                : with(envelope, UNKNOWN_ID, envelope.command()))),
                new Mistake("B13", "submission numbers start again", applied(Event.DraftDeleted.class,
                        (before, transition, after) -> StateEdits.submission(after, 0))),
                new Mistake("B42", "a save that changes nothing is a new version", answered(UpdatePlan.class,
                        (offer, update, right) -> right instanceof Decision.Accepted && right.events().isEmpty()
                                ? savedAgain(offer, update) : right)),
                new Mistake("B69", "a plan without a language has none", applied(Event.PlanSaved.class,
                        (before, transition, after) -> withoutLanguage(after))),
                new Mistake("B74", "a mark alone is no draft version", answered(UpdatePlan.class,
                        (offer, update, right) -> right.events().isEmpty() || !update.changes().applyTo(
                                offer.plan(update.planId(), offer.plans())).equals(
                                offer.plan(update.planId(), offer.plans())) ? right : accept())),
                new Mistake("B75", "a first save of nothing is no change", answered(SaveSection.class,
                        (offer, save, right) -> save.content().filter(saved -> saved.fields().fields().isEmpty())
                                .isPresent() && right.events().size() == 1 ? accept() : right)));
    }

    private static OfferState withoutLanguage(OfferState offer) {
        OfferState next = offer;
        for (Map.Entry<RowKey, Optional<StateRow>> change : offer.rows().changes().entrySet()) {
            if (change.getValue().orElse(null) instanceof PlanRow(Value.Struct plan)) {
                Map<String, Value> fields = new TreeMap<>(plan.fields());
                fields.remove("language");
                next = StateEdits.row(next, change.getKey(), new PlanRow(new Value.Struct(fields)));
            }
        }
        return next;
    }

    private static List<Mistake> publishing() {
        return List.of(
                new Mistake("V33", "a result of another submission counts", takenFor(ReportStepSucceeded.class,
                        (offer, done) -> new ReportStepSucceeded(Math.max(done.submission(),
                                offer.header().submission()), done.step(), done.messages()))),
                new Mistake("B1", "a step of the first phase passes for one of the second",
                        takenFor(ReportStepSucceeded.class, (offer, done) -> offer.header().activeRun()
                                .map(run -> run.step().name()).filter(step -> step.endsWith(done.step()))
                                .map(step -> new ReportStepSucceeded(done.submission(), step, done.messages()))
                                .orElse(done))),
                new Mistake("B2", "a validator signs off", answered(ReportStepSucceeded.class, (offer, done, right) ->
                        offer.header().running(RunPhase.AT_SIGN_OFF) && done.submission() == offer.header().submission()
                                && PublishStep.named(done.step()).equals(Optional.of(PublishStep.PUBLISHER_SIGN_OFF))
                                ? accept(new Event.StepSucceeded(done.submission(), PublishStep.PUBLISHER_SIGN_OFF,
                                        done.messages())) : right)),
                new Mistake("O8", "a superseded submission keeps its place", decidedEvent(Event.OfferSubmitted.class,
                        (offer, submitted) -> new Event.OfferSubmitted(submitted.submission()
                                - (offer.header().activeRun().isPresent() ? 1 : 0), submitted.revision(),
                                submitted.steps(), submitted.notes()))),
                new Mistake("D14", "a run works on the draft instead of its snapshot",
                        applied(Event.OfferWentLive.class, (before, transition, after) ->
                                StateEdits.liveRevision(after, after.header().revision()))),
                new Mistake("D15", "a cancelled relist is live again", applied(Event.PublishCancelled.class,
                        (before, transition, after) -> after(after, new Event.SellingResumed()))));
    }

    private static List<Mistake> stopping() {
        return List.of(
                new Mistake("O31", "what waits for sign-off is not withdrawn", answered(StopSellingOffer.class,
                        (offer, stop, right) -> offer.header().activeRun().isEmpty() ? right
                                : without(Event.SubmissionWithdrawn.class, right))),
                new Mistake("B46", "a stop takes effect before the delay", answered(StopSellingOffer.class,
                        (offer, stop, right) -> stop.notBefore().isEmpty() ? right : replaced(
                                Event.SellingStopRequested.class, right, asked ->
                                        new Event.SellingStopRequested(stop.notBefore().orElseThrow())))),
                new Mistake("D7", "the last plan may be stopped if a draft is left", seen(StopSellingPlan.class,
                        (offer, stop) -> inState(offer, stop.planId(), PlanState.DRAFT).map(draft -> sales(offer,
                                plans -> plans.put(draft, new PlanSale(1, Optional.empty(), false, false))))
                                .orElse(offer))),
                new Mistake("D7", "a plan whose stop is pending counts as another one", seen(StopSellingPlan.class,
                        (offer, stop) -> inState(offer, stop.planId(), PlanState.STOP_SELL_PENDING).map(pending ->
                                after(offer, new Event.PlanSellingResumed(pending))).orElse(offer))),
                new Mistake("B10", "a plan is stopped although the offer is going to be", seen(StopSellingPlan.class,
                        (offer, stop) -> offer.planState(stop.planId()) == PlanState.LIVE ? resumed(offer) : offer)),
                new Mistake("B9", "a plan's stop outlives the offer's", applied(Event.SellingStopped.class,
                        (before, transition, after) -> {
                            OfferState next = after;
                            for (Map.Entry<String, Instant> stop : before.header().planStops().entrySet()) {
                                next = after(next, new Event.PlanSellingStopRequested(stop.getKey(), stop.getValue()));
                            }
                            return next;
                        })),
                new Mistake("O26", "a failure is not cleared when selling stops", applied(Event.SellingStopped.class,
                        (before, transition, after) -> after.header().run().isEmpty()
                                ? StateEdits.run(after, before.header().run()) : after)));
    }

    // Not planted: counting a plan whose stop is pending as one that would be on sale. No input can show it: while the
    // stop of a plan is pending, the offer is on sale and another plan is LIVE (the request needs one, D7; a LIVE plan
    // leaves only by a stop that needs one again, or by the offer's stop, which ends all pending ones, B9; never by a
    // publish or a deletion, P7), and that plan would be on sale. D7 has the part of it that shows.
    private static List<Mistake> selling() {
        return List.of(
                new Mistake("D11", "customers are frozen one version too low", applied(Event.PlanSellingStopped.class,
                        (before, transition, after) -> {
                            OfferState next = after;
                            for (RowKey key : after.rows().changes().keySet()) {
                                Optional<EndedEpochRow> ended = after.rows().read(key, EndedEpochRow.class);
                                next = ended.isEmpty() ? next : StateEdits.row(next, key,
                                        new EndedEpochRow(Math.max(1, ended.get().version() - 1)));
                            }
                            return next;
                        })),
                new Mistake("P14", "a relist revives an untouched plan", applied(Event.OfferWentLive.class,
                        (before, transition, after) -> before.header().stopped() ? revived(after, (planId, sale) ->
                                before.sales().plans().containsKey(planId)
                                        && !before.sales().plans().get(planId).sold()) : after)),
                new Mistake("D33", "an opted out plan comes back", applied(Event.OfferWentLive.class,
                        (before, transition, after) -> before.header().stopped() ? revived(after, (planId, sale) ->
                                before.sales().plans().containsKey(planId)
                                        && before.sales().plans().get(planId).sold()) : after)),
                new Mistake("B6", "a mark is read when the offer goes live", applied(Event.OfferWentLive.class,
                        (before, transition, after) -> revived(after, (planId, sale) ->
                                Optional.ofNullable(before.plans()
                                .plans().get(planId)).filter(plan -> plan.relist() == RelistIntent.MARKED
                                        && plan.revision() > sale.stoppedAt().orElseThrow()).isPresent()))),
                new Mistake("B8", "what was said before a stop undoes it", applied(Event.PlanSellingStopped.class,
                        (before, transition, after) -> withMarks(before, after))),
                new Mistake("B68", "what was said before the offer's stop outlives it", applied(
                        Event.SellingStopped.class, (before, transition, after) -> withMarks(before, after))),
                new Mistake("B4", "a publish may sell no plan", applied((before, transition, after) ->
                        StateEdits.nothingToSell(after, false))),
                new Mistake("S30", "a relisted offer stays off sale", applied(Event.OfferWentLive.class,
                        (before, transition, after) -> StateEdits.stop(after,
                                before.header().stop().filter(StopSell::done)))),
                new Mistake("B11", "a mark that has done its work is still a change", applied(
                        Event.OfferWentLive.class, (before, transition, after) -> withMarks(before, after))));
    }

    private static List<Mistake> customers() {
        return List.of(
                new Mistake("E7", "a frozen customer gets updates after a relist", answered(DownloadOffer.class,
                        (offer, download, right) -> right instanceof Decision.Accepted && offer.header().onSale()
                                && hasWithPlan(offer, download) ? serve(offer.header().liveVersion()) : right)),
                new Mistake("E10", "a second freeze overwrites the first", answered(DownloadOffer.class,
                        (offer, download, right) -> right instanceof Decision.Accepted
                                ? ended(offer, download).max(Long::compare).map(PlantedMistakes::serve).orElse(right)
                                : right)),
                new Mistake("D32", "a removal misses frozen customers", unrefused(DownloadOffer.class,
                        Reason.ENTITLEMENT_REVOKED, (offer, download) -> offer.header().onSale() ? Optional.empty()
                                : ended(offer, download).min(Long::compare).map(PlantedMistakes::serve))),
                new Mistake("E14", "a revoked customer counts as one who never bought", unrefused(DownloadOffer.class,
                        Reason.ENTITLEMENT_REVOKED, (offer, download) -> Optional.of(refuse(Reason.NOT_ENTITLED)))),
                new Mistake("B15", "buying again is a second purchase", answered(AcquirePlan.class,
                        (offer, acquire, right) -> right instanceof Decision.Accepted && right.events().isEmpty()
                                && offer.entitlementStatus(acquire.planId(), acquire.customerId()).kind()
                                == EntitlementStatus.Kind.ACTIVE ? acquired(offer, acquire) : right)),
                new Mistake("D35", "a failed update takes the offer off sale", answered(AcquirePlan.class,
                        (offer, acquire, right) -> right instanceof Decision.Accepted
                                && offer.header().status() == Status.ATTENTION_NEEDED
                                ? refuse(Reason.NOT_AVAILABLE) : right)),
                new Mistake("A14", "the draft's audience may buy", unrefused(AcquirePlan.class,
                        Reason.NOT_IN_AUDIENCE, (offer, acquire) ->
                                offer.isInSavedAudience(acquire.planId(), acquire.customerId())
                                        ? Optional.of(acquired(offer, acquire)) : Optional.empty())));
    }

    private static List<Mistake> audiences() {
        return List.of(
                new Mistake("B12", "a sync publishes what is saved when it takes effect", dueEvent(
                        Event.AudienceSynced.class, (offer, sync) -> new Event.AudienceSynced(
                                ((Event.AudienceSynced) sync.event()).planIds(), offer.header().revision()))),
                new Mistake("B12", "a sync includes plans that are not sold any more", due((offer, all) -> all.stream()
                        .map(one -> new Entry.DueEvent(one.at(), one.rule(),
                                isSync(one.event()) ? offer.audiences().syncs().stream()
                                .filter(sync -> sync.effectiveAt().equals(one.at())).findFirst().<Event>map(sync ->
                                        new Event.AudienceSynced(sync.planIds(), sync.revision())).orElse(one.event())
                                : one.event())).toList())),
                new Mistake("B12", "the list of a sync is forgotten before it takes effect", applied(
                        (before, transition, after) -> audiences(after, (planId, audience) ->
                                forgetting(audience, after.header())))),
                new Mistake("A4", "a plan is synced twice at a time", seen(SyncPrivateAudience.class,
                        (offer, sync) -> StateEdits.row(offer, new RowKey.AudienceIndexKey(), new AudienceIndexRow(
                                offer.audiences().plans(), offer.audiences().cleanups(), List.of())))),
                new Mistake("S35", "a sync publishes other drafts", applied(Event.AudienceSynced.class,
                        (before, transition, after) -> StateEdits.liveRevision(after, after.header().revision()))),
                new Mistake("A12", "a sync is undone by the run that goes live", applied(Event.OfferWentLive.class,
                        (before, transition, after) -> audiences(after, (planId, audience) -> new PlanAudience(
                                audience.revisions(), 0, audience.generations(), audience.published(),
                                        audience.staged(),
                                audience.failed())))),
                new Mistake("B21", "a first type of id is synced", seen(SyncPrivateAudience.class,
                        (offer, sync) -> audiences(offer, (planId, audience) -> new PlanAudience(audience.revisions(),
                                audience.synced(), audience.generations(), Set.of(AudienceType.values()),
                                audience.staged(), audience.failed())))),
                new Mistake("B20", "the audience of a plan that the draft turns public is closed", answered(
                        RemoveAudienceId.class, (offer, remove, right) -> right instanceof Decision.Accepted
                                && !offer.plans().plans().get(remove.planId()).isPrivate()
                                ? refuse(Reason.PLAN_NOT_PRIVATE) : right)),
                new Mistake("A3", "the last one can be taken out of an audience", unrefused(RemoveAudienceId.class,
                        Reason.AUDIENCE_EMPTY, (offer, remove) -> offer.savedAudience(remove.planId()).map(saved ->
                                accept(new Event.AudienceIdRemoved(remove.planId(), saved.generation(),
                                        offer.header().revision() + 1, remove.id()))))),
                new Mistake("B34", "a refused chunk leaves the import open", applied((before, transition, after) ->
                        transition.changed() || before.audiences().plans().values().stream()
                                .noneMatch(audience -> audience.staged().isPresent()) ? after : StateEdits.audience(
                                StateEdits.row(after, new RowKey.AudienceIndexKey(), before.audiences()),
                                before.header().audience()))),
                new Mistake("B72", "an import of the same list is a new version", answered(ImportAudience.class,
                        (offer, chunk, right) -> right instanceof Decision.Accepted && right.events().isEmpty()
                                ? importedAgain(offer, chunk) : right)),
                new Mistake("B11", "what is edited during the first run is forgotten", applied(
                        Event.OfferWentLive.class, (before, transition, after) -> {
                            AudienceSummary summary = after.header().audience();
                            return before.header().live().isPresent() ? after : StateEdits.audience(after,
                                    new AudienceSummary(summary.any(), before.header().audience().changed(),
                                            summary.leftovers(), summary.syncDue()));
                        })));
    }

    private static List<Mistake> outputs() {
        return List.of(
                new Mistake("A10", "an edit hides that a sync is going on", planRows((offer, row) ->
                        row.getAudienceState() == AudienceState.SYNCING && offer.pendingSync(row.getPlanId())
                                .filter(sync -> sync.revision() < offer.header().revision()).isPresent()
                                ? PlanStatus.newBuilder(row).setAudienceState(AudienceState.CHANGED).build() : row)),
                new Mistake("B70", "a published plan of a listing-only offer is changed", planRows((offer, row) ->
                        offer.header().everLive() && offer.livePlans().plans().isEmpty()
                                ? PlanStatus.newBuilder(row).setUnpublishedChanges(true).build() : row)),
                new Mistake("A11", "a failed sync is not shown", planRows((offer, row) ->
                        row.getAudienceState() == AudienceState.FAILED
                                ? PlanStatus.newBuilder(row).setAudienceState(AudienceState.CHANGED).build() : row)),
                new Mistake("O20", "the storefront forgets an offer that is relisted", written(Topic.STOREFRONT,
                        (transition, right) -> transition.happened(Event.OfferWentLive.class)
                                && transition.before().header().stop().isPresent() ? List.of() : right)),
                new Mistake("P10", "the storefront keeps a plan that is stopped", written(Topic.STOREFRONT,
                        (transition, right) -> transition.happened(Event.PlanSellingStopped.class)
                                && transition.after().header().onSale()
                                && !transition.happened(Event.OfferWentLive.class)
                                ? List.of() : right)),
                new Mistake("B47", "an offer's stop is announced for each plan", written(Topic.NOTIFICATIONS,
                        (transition, right) -> right.stream().flatMap(one -> one.value().orElseThrow()
                                instanceof Notification sent && sent.getTemplate()
                                == NotificationTemplate.STOP_SELL_EFFECTIVE ? Stream.of(one, one) : Stream.of(one))
                                .toList())),
                new Mistake("E11", "the rows of plans forget what was sold of a deleted offer", written(
                        Topic.PLAN_STATUS, (transition, right) -> right.stream().map(row -> row.value()
                                .filter(value -> value instanceof PlanStatus plan
                                        && plan.getState() == io.offerflow.avro.PlanState.DELETED).isEmpty() ? row
                                : new OutputRow(row.part(), Optional.empty())).toList())));
    }

    private static Event cancelled(OfferState offer) {
        return new Event.PublishCancelled(offer.header().submission());
    }

    private static OfferState withoutRun(OfferState offer) {
        return offer.header().activeRun().isEmpty() ? offer : after(offer, cancelled(offer));
    }

    private static OfferState resumed(OfferState offer) {
        return offer.header().stopPending() ? after(offer, new Event.SellingResumed()) : offer;
    }

    private static CommandEnvelope inEarnest(CommandEnvelope envelope) {
        return new CommandEnvelope(envelope.commandId(), envelope.actor(), envelope.expectedVersion(), false,
                envelope.digest(), envelope.command());
    }

    private static boolean isDueNow(Entry entry) {
        return entry.dueEvents().stream().anyMatch(due -> due.at().equals(entry.clock()));
    }

    private static boolean isSync(Event event) {
        return event instanceof Event.AudienceSynced || event instanceof Event.AudienceSyncFailed;
    }

    /** At each instant the syncs come after the stops, and find what these left. */
    private static List<Entry.DueEvent> syncsLast(OfferState offer, List<Entry.DueEvent> right) {
        List<Entry.DueEvent> ordered = new ArrayList<>(right);
        ordered.sort((one, other) -> one.at().equals(other.at())
                ? Boolean.compare(isSync(one.event()), isSync(other.event())) : one.at().compareTo(other.at()));
        List<Entry.DueEvent> all = new ArrayList<>();
        OfferState state = offer;
        for (Entry.DueEvent due : ordered) {
            Event event = isSync(due.event()) ? state.dueSync().orElseThrow() : due.event();
            all.add(new Entry.DueEvent(due.at(), due.rule(), event));
            state = OfferEvolver.apply(state, event, due.at());
        }
        return all;
    }

    private static Decision savedAgain(OfferState offer, UpdatePlan update) {
        PlanSummary saved = offer.plans().plans().get(update.planId());
        return accept(new Event.PlanSaved(update.planId(), offer.header().revision() + 1, update.changes(),
                saved.relist(),
                saved.problems(), offer.plans().problems()));
    }

    private static Decision importedAgain(OfferState offer, ImportAudience chunk) {
        long generation = offer.audience(chunk.planId()).staged().filter(open -> chunk.index() > 0)
                .map(PendingImport::generation).orElse(offer.audience(chunk.planId()).generations() + 1);
        return accept(new Event.AudienceChunkStaged(chunk.planId(), generation, chunk.importId(), chunk.index(),
                        chunk.chunks(), chunk.total(), chunk.rows()),
                new Event.AudienceImported(chunk.planId(), generation, offer.header().revision() + 1));
    }

    private static Decision without(Class<? extends Event> type, Decision right) {
        return right.events().isEmpty() ? right
                : accept(right.events().stream().filter(event -> !type.isInstance(event)).toList());
    }

    private static Decision serve(long version) {
        return Decision.serve(Rule.NONE, version);
    }

    private static Decision acquired(OfferState offer, AcquirePlan acquire) {
        return Decision.serve(Rule.NONE, offer.header().liveVersion(),
                new Event.PlanAcquired(acquire.customerId(), acquire.planId()));
    }

    /** The versions at which the periods of sale ended in which a customer bought. */
    private static Stream<Long> ended(OfferState offer, DownloadOffer download) {
        return offer.customer(download.planId(), download.customerId()).entitlement().stream().flatMap(had ->
                Stream.concat(offer.ended(Optional.empty(), had.offerEpoch()).stream(),
                        offer.ended(Optional.of(download.planId()), had.planEpoch()).stream()));
    }

    /** Whether the plan is still in the period of sale in which a customer bought it. */
    private static boolean hasWithPlan(OfferState offer, DownloadOffer download) {
        return offer.customer(download.planId(), download.customerId()).entitlement().filter(had ->
                offer.ended(Optional.of(download.planId()), had.planEpoch()).isEmpty()).isPresent();
    }

    /** Another plan in this state. */
    private static Optional<String> inState(OfferState offer, String planId, PlanState state) {
        return offer.plans().plans().keySet().stream()
                .filter(other -> !other.equals(planId) && offer.planState(other) == state).findFirst();
    }

    private static OfferState sales(OfferState offer, Consumer<SortedMap<String, PlanSale>> change) {
        SortedMap<String, PlanSale> plans = new TreeMap<>(offer.sales().plans());
        change.accept(plans);
        return StateEdits.row(offer, new RowKey.PlanSalesKey(), new PlanSalesRow(plans));
    }

    /** Stopped plans of the live version are on sale again. */
    private static OfferState revived(OfferState live, BiPredicate<String, PlanSale> which) {
        return sales(live, plans -> plans.replaceAll((planId, sale) -> sale.stoppedAt().isPresent()
                && live.livePlans().plans().containsKey(planId) && which.test(planId, sale)
                ? new PlanSale(sale.epoch() + 1, Optional.empty(), sale.isPrivate(), false) : sale));
    }

    /** The plans of each draft version keep the marks they had. */
    private static OfferState withMarks(OfferState before, OfferState after) {
        OfferState next = after;
        for (RowKey key : after.rows().changes().keySet()) {
            if (key instanceof RowKey.SectionKey(SectionId section, long revision) && section == SectionId.PLAN_OVERVIEW
                    && after.rows().read(key).isPresent()) {
                Optional<PlanOverviewRow> marked = before.rows().read(key, PlanOverviewRow.class);
                next = marked.isEmpty() ? next : StateEdits.marks(next, key, marked.get());
            }
        }
        return next;
    }

    private static OfferState audiences(OfferState offer, BiFunction<String, PlanAudience, PlanAudience> change) {
        if (offer.audiences().plans().isEmpty()) {
            return offer;
        }
        SortedMap<String, PlanAudience> plans = new TreeMap<>(offer.audiences().plans());
        plans.replaceAll(change);
        return StateEdits.row(offer, new RowKey.AudienceIndexKey(), new AudienceIndexRow(plans,
                offer.audiences().cleanups(),
                offer.audiences().syncs()));
    }

    /** An audience without the states that only a pending sync refers to. */
    private static PlanAudience forgetting(PlanAudience audience, OfferHeader header) {
        Predicate<AudienceRevision> isSeen = stamp -> Stream.of(Stream.of(Long.MAX_VALUE),
                header.activeRun().map(PublishingRun::revision).stream(),
                header.live().map(LiveVersion::revision).stream())
                .flatMap(number -> number).anyMatch(number -> audience.at(number).equals(Optional.of(stamp)));
        return new PlanAudience(audience.revisions().stream().filter(isSeen).toList(), audience.synced(),
                audience.generations(), audience.published(), audience.staged(), audience.failed());
    }

    private static UnaryOperator<Rules> planRows(BiFunction<OfferState, PlanStatus, PlanStatus> change) {
        return written(Topic.PLAN_STATUS, (transition, right) -> right.stream().map(row -> new OutputRow(row.part(),
                row.value().map(value -> change.apply(transition.after(), (PlanStatus) value)))).toList());
    }
}
