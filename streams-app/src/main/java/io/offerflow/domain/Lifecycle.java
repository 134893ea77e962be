package io.offerflow.domain;

import static io.offerflow.domain.Decision.accept;
import static io.offerflow.domain.Decision.ignore;
import static io.offerflow.domain.Decision.reject;

import io.offerflow.domain.Command.AcquirePlan;
import io.offerflow.domain.Command.AnswerRemoval;
import io.offerflow.domain.Command.AskPublisher;
import io.offerflow.domain.Command.CancelPublish;
import io.offerflow.domain.Command.CompleteRemoval;
import io.offerflow.domain.Command.CreateOffer;
import io.offerflow.domain.Command.CreatePlan;
import io.offerflow.domain.Command.DeleteDraft;
import io.offerflow.domain.Command.DeleteDraftPlan;
import io.offerflow.domain.Command.DownloadOffer;
import io.offerflow.domain.Command.GoLive;
import io.offerflow.domain.Command.RejectRemoval;
import io.offerflow.domain.Command.ReportStepFailed;
import io.offerflow.domain.Command.ReportStepSucceeded;
import io.offerflow.domain.Command.RequestRemoval;
import io.offerflow.domain.Command.ResumeSelling;
import io.offerflow.domain.Command.SaveSection;
import io.offerflow.domain.Command.StopSellingOffer;
import io.offerflow.domain.Command.StopSellingPlan;
import io.offerflow.domain.Command.SubmitOffer;
import io.offerflow.domain.Command.TakeRemovalRequest;
import io.offerflow.domain.Command.UpdatePlan;
import io.offerflow.domain.Command.WithdrawRemoval;
import io.offerflow.domain.Removal.State;
import io.offerflow.domain.state.OfferFacts;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Run.Phase;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The lifecycle of an offer: for each command, the guards in the order in which they speak (B26, B27), and last what
 * holds when none of them did. Decides, changes nothing, throws nothing.
 */
final class Lifecycle {

    private static final Set<State> OPEN = Set.of(State.SUBMITTED, State.IN_PROGRESS, State.WAITING_FOR_PUBLISHER);

    private final Policy policy;
    private final Drafts drafts;
    private final Plans plans;
    private final PrivateAudiences audiences;
    private final Publishing publishing;
    private final Stopping stopping;
    private final Customers customers;
    private final Removals removals = new Removals();

    Lifecycle(Policy policy) {
        this.policy = policy;
        this.drafts = new Drafts(policy);
        this.plans = new Plans(policy);
        this.audiences = new PrivateAudiences(policy, plans);
        this.publishing = new Publishing(policy);
        this.stopping = new Stopping(policy);
        this.customers = new Customers(policy);
    }

    /** What is decided about a command to an offer that is up to date at {@code now}. */
    Decision decide(OfferState offer, Command command, Instant now) {
        OfferFacts facts = offer.facts();
        return switch (command) {
            case CreateOffer create when facts.exists() -> reject(Reason.OFFER_EXISTS, // O1
                    "Expected to create offer %s, but it exists. Choose another offer id.", offer.key());
            case CreateOffer create when facts.everLive() -> reject(Reason.OFFER_EXISTS, // D37
                    "Expected to create offer %s, but this id belonged to an offer that was live and stays reserved. "
                            + "Choose another offer id.", offer.key());
            case CreateOffer create when policy.allowsOfferId(offer.key().offerId()) ->
                    accept(new Event.OfferCreated(OfferType.valueOf(create.offerType()), create.alias()));
            case CreateOffer create -> reject(Reason.INVALID_ID, // V1
                    "Expected an offer id of %s lower-case letters, digits, - and _, but it is \"%s\".",
                    policy.strictOfferIds() ? "3 to 50" : "1 to 50", offer.key().offerId());

            case Command anything when !facts.exists() && !outlives(facts, anything) -> absent(offer, anything); // O33

            case SaveSection save when SectionId.named(save.section()).isEmpty() -> reject(Reason.UNKNOWN_SECTION,
                    "Expected one of the seven sections, but \"%s\" is none. Did you mean %s?", save.section(),
                    Names.closest(SectionId.values(), save.section()));
            case SaveSection save when drafts.fault(save).isPresent() -> reject(Reason.MALFORMED,
                    "Expected well-formed content for section %s, but %s.", save.section(),
                    drafts.fault(save).orElse(""));
            case SaveSection save -> drafts.save(offer, save.content().orElseThrow()); // O2, in every status (S2, D14)

            case CreatePlan create when !policy.allowsPlanId(create.planId()) -> reject(Reason.INVALID_ID, // V2
                    "Expected a plan id of 1 to 50 lower-case letters, digits, - and _, but it is \"%s\".",
                    create.planId());
            case CreatePlan create when plans.fault(create.plan()).isPresent() -> plans.illFormed(create.plan());
            case CreatePlan create when offer.plans().plans().containsKey(create.planId())
                    || offer.sales().plans().containsKey(create.planId()) -> reject(Reason.PLAN_EXISTS, // B14
                    "Expected to create plan \"%s\", but offer %s has, or had on sale, one of this id. "
                            + "Choose another plan id.", create.planId(), offer.key());
            case CreatePlan create when plans.full(offer, create).isPresent() -> reject(Reason.PLAN_LIMIT, "%s",
                    plans.full(offer, create).orElse("")); // V12, B35
            case CreatePlan create -> plans.save(offer, create.planId(), create.plan(), Optional.empty()); // P1, in every status

            case UpdatePlan update when !offer.plans().plans().containsKey(update.planId()) ->
                    noPlan(update.planId(), offer);
            case UpdatePlan update when plans.fault(update.changes()).isPresent() -> plans.illFormed(update.changes());
            case UpdatePlan update -> plans.save(offer, update.planId(), update.changes(), update.relist()); // P2, in every status

            case DeleteDraftPlan delete when !offer.plans().plans().containsKey(delete.planId()) ->
                    noPlan(delete.planId(), offer);
            case DeleteDraftPlan delete when facts.activeRun().isPresent() -> inProgress("delete a plan", offer); // P16
            case DeleteDraftPlan delete when offer.planState(delete.planId()) == PlanState.LIVE
                    || offer.planState(delete.planId()) == PlanState.STOP_SELL_PENDING -> // P7, B29
                    reject(Reason.ALREADY_PUBLISHED, "Expected a plan that is not sold, but \"%s\" is on sale. "
                            + "Stop selling it first.", delete.planId());
            case DeleteDraftPlan delete when facts.everLive() && offer.planState(delete.planId()) == PlanState.DRAFT
                    && !policy.deleteNewPlanOfPublishedOffer() -> // P6, D3
                    reject(Reason.ALREADY_PUBLISHED, "Expected an offer that was never published, but %s was. Leave "
                            + "plan \"%s\" and complete it, or have the operator set delete.new.plan.of.published.offer.",
                            offer.key(), delete.planId());
            case DeleteDraftPlan delete when !delete.confirmed() -> unconfirmed("delete a plan");
            case DeleteDraftPlan delete -> plans.delete(offer, delete.planId()); // P5, P8

            case Command.OfAudience audience -> audiences.decide(offer, audience, now); // A1–A14

            case SubmitOffer submit when facts.stopPending() -> stopPending("submit", offer); // O32, B27
            case SubmitOffer submit when facts.running(Phase.BEFORE_SIGN_OFF) || facts.running(Phase.AFTER_SIGN_OFF) ->
                    inProgress("submit", offer); // O7
            case SubmitOffer submit when !offer.problemsOfDraft().isEmpty() -> publishing.incomplete(offer);
            case SubmitOffer submit when policy.rejectSubmitWithoutChanges() && facts.status() == Status.LIVE
                    && !facts.changed() -> reject(Reason.NOTHING_TO_PUBLISH, // O4, D20
                    "Expected changes to publish, but the draft of %s is what is live. Save a change first.",
                    offer.key());
            case SubmitOffer submit -> publishing.submit(offer, submit); // O3–O6, O8, D18

            case GoLive goLive when facts.stopPending() -> stopPending("go live", offer); // O32, B27
            case GoLive goLive when facts.running(Phase.AT_SIGN_OFF)
                    && goLive.submission().filter(seen -> seen != facts.submission()).isPresent() ->
                    reject(Reason.STALE_SUBMISSION, "Expected submission %d, which waits for sign-off, but the command "
                            + "names %d. Look at the newest preview first.", facts.submission(),
                            goLive.submission().orElseThrow());
            case GoLive goLive when facts.running(Phase.AT_SIGN_OFF) ->
                    accept(new Event.OfferSignedOff(facts.submission())); // O17, at once (B45)
            case GoLive goLive -> reject(Reason.NOT_AT_SIGN_OFF, // O18
                    "Expected offer %s to wait for the publisher's sign-off, but it %s.", offer.key(),
                    Publishing.whereabouts(facts));

            case CancelPublish cancel when facts.activeRun().isEmpty() -> reject(Reason.NO_PUBLISH_IN_PROGRESS, // O16
                    "Expected a publishing run to cancel, but offer %s has none.", offer.key());
            case CancelPublish cancel when !facts.running(Phase.BEFORE_SIGN_OFF) -> reject(Reason.CANCEL_TOO_LATE,
                    "Expected submission %d to be before the publisher's sign-off, but it %s. Nothing can be cancelled "
                            + "from there on.", facts.submission(), Publishing.whereabouts(facts)); // O14, O15
            case CancelPublish cancel when !cancel.confirmed() -> unconfirmed("cancel publishing");
            case CancelPublish cancel -> accept(new Event.PublishCancelled(facts.submission())); // O13, D15–D17

            case DeleteDraft delete when facts.activeRun().isPresent() -> inProgress("delete the draft", offer); // O23
            case DeleteDraft delete when facts.onSale() -> reject(Reason.ALREADY_PUBLISHED, // O22, D6
                    "Expected an offer that was never published, but %s is on sale. Stop selling it first.",
                    offer.key());
            case DeleteDraft delete when !delete.confirmed() -> unconfirmed("delete the draft");
            case DeleteDraft delete -> accept(new Event.DraftDeleted()); // O21, O24

            case StopSellingOffer stop when facts.stopped() -> reject(Reason.ALREADY_STOPPED, // O29
                    "Expected offer %s to be on sale, but selling has stopped already.", offer.key());
            case StopSellingOffer stop when facts.stopPending() -> stopPending("stop selling", offer); // O28
            case StopSellingOffer stop when !facts.everLive() -> reject(Reason.NEVER_PUBLISHED, // O27
                    "Expected an offer that was published, but %s never was. Delete its draft instead.", offer.key());
            case StopSellingOffer stop when facts.running(Phase.BEFORE_SIGN_OFF) || facts.running(Phase.AFTER_SIGN_OFF)
                    -> inProgress("stop selling", offer); // O30
            case StopSellingOffer stop when !stop.confirmed() -> unconfirmed("stop selling");
            case StopSellingOffer stop -> stopping.offer(offer, stop, now); // O25, O31, D34

            case StopSellingPlan stop when !offer.plans().plans().containsKey(stop.planId()) ->
                    noPlan(stop.planId(), offer);
            case StopSellingPlan stop when facts.activeRun().isPresent() -> inProgress("stop selling a plan", offer); // P16, B28
            case StopSellingPlan stop when stopping.unstoppable(offer, stop.planId()).isPresent() ->
                    stopping.unstoppable(offer, stop.planId()).orElseThrow(); // P11, P12
            case StopSellingPlan stop when stopping.isLast(offer, stop.planId()) -> reject(Reason.LAST_PLAN, // S25, D7
                    "Expected another plan to stay on sale, but \"%s\" is the last one. Stop selling the offer instead.",
                    stop.planId());
            case StopSellingPlan stop when !stop.confirmed() -> unconfirmed("stop selling a plan");
            case StopSellingPlan stop -> stopping.plan(stop, now); // P9

            case ResumeSelling resume when resume.planId().isEmpty() && facts.stopPending() ->
                    accept(new Event.SellingResumed()); // O34
            case ResumeSelling resume when resume.planId().filter(facts.planStops()::containsKey).isPresent() ->
                    accept(new Event.PlanSellingResumed(resume.planId().orElseThrow())); // B37
            case ResumeSelling resume when resume.planId().isPresent()
                    && !offer.plans().plans().containsKey(resume.planId().orElseThrow()) ->
                    noPlan(resume.planId().orElseThrow(), offer);
            case ResumeSelling resume -> reject(Reason.NO_STOP_SELL_PENDING,
                    "Expected a pending stop of selling to withdraw, but %s has none.", resume.planId()
                            .map(planId -> "plan \"" + planId + "\"").orElse("offer " + offer.key()));

            case RequestRemoval request -> removals.request(offer, request); // R1, R2
            case AnswerRemoval answer ->
                    removals.move(offer, answer.request(), Set.of(State.WAITING_FOR_PUBLISHER), State.IN_PROGRESS); // R4
            case WithdrawRemoval withdraw -> removals.move(offer, withdraw.request(), OPEN, State.WITHDRAWN); // R6

            case ReportStepSucceeded done when publishing.speaksOfNow(facts, done) -> publishing.succeeded(offer, done, now);
            case ReportStepSucceeded done -> publishing.stale(facts, done); // V33, B2
            case ReportStepFailed failed when publishing.speaksOfNow(facts, failed) -> accept(new Event.PublishFailed(
                    failed.submission(), facts.run().orElseThrow().step(), failed.messages())); // O11, O12, B67
            case ReportStepFailed failed -> publishing.stale(facts, failed);

            case AcquirePlan acquire -> customers.acquire(offer, acquire);
            case DownloadOffer download -> customers.download(offer, download);

            case TakeRemovalRequest take ->
                    removals.move(offer, take.request(), Set.of(State.SUBMITTED), State.IN_PROGRESS); // R3
            case AskPublisher ask ->
                    removals.move(offer, ask.request(), Set.of(State.IN_PROGRESS), State.WAITING_FOR_PUBLISHER); // R4
            case CompleteRemoval complete ->
                    removals.move(offer, complete.request(), Set.of(State.IN_PROGRESS), State.COMPLETED); // R5
            case RejectRemoval refuse -> removals.move(offer, refuse.request(), OPEN, State.REJECTED); // R6
        };
    }

    /** B3: customers, support and those who answer it may still speak of an offer that was live and is deleted. */
    private static boolean outlives(OfferFacts facts, Command command) {
        return facts.everLive() && switch (command) {
            case RequestRemoval request -> true;
            case AnswerRemoval answer -> true;
            case WithdrawRemoval withdraw -> true;
            case Command.ByCustomer customer -> true;
            case Command.BySupport support -> true;
            case Command.ByPublisher publisher -> false;
            case Command.ByPipeline pipeline -> false;
        };
    }

    private static Decision absent(OfferState offer, Command command) {
        String sentence = "Expected an existing offer, but there is none with key %s. Create it first.";
        return command instanceof Command.ByPipeline ? ignore(Reason.OFFER_NOT_FOUND, sentence, offer.key())
                : reject(Reason.OFFER_NOT_FOUND, sentence, offer.key());
    }

    private static Decision stopPending(String what, OfferState offer) {
        return reject(Reason.STOP_SELL_PENDING, "Expected to %s, but selling of offer %s is going to stop at %s. "
                + "Resume selling first if it should not.", what, offer.key(),
                offer.facts().stop().orElseThrow().effectiveAt());
    }

    static Decision noPlan(String planId, OfferState offer) {
        SortedMap<String, ?> known = offer.plans().plans();
        return reject(Reason.PLAN_NOT_FOUND, "Expected an existing plan, but offer %s has no plan \"%s\".%s",
                offer.key(), planId, known.isEmpty() ? ""
                        : " Did you mean \"%s\"?".formatted(Names.closest(known.keySet(), planId)));
    }

    private static Decision inProgress(String what, OfferState offer) {
        return reject(Reason.PUBLISH_IN_PROGRESS, "Expected to %s, but submission %d of offer %s %s. Wait for its end%s.",
                what, offer.facts().submission(), offer.key(), Publishing.whereabouts(offer.facts()),
                offer.facts().running(Phase.BEFORE_SIGN_OFF) ? " or cancel it" : "");
    }

    static Decision unconfirmed(String what) {
        return reject(Reason.CONFIRMATION_REQUIRED,
                "Expected a confirmed request to %s, but confirmed is false. Ask the person, then send it as true.",
                what);
    }
}
