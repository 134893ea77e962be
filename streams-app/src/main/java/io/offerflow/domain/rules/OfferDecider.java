package io.offerflow.domain.rules;

import static io.offerflow.domain.model.Decision.accept;
import static io.offerflow.domain.model.Decision.ignore;
import static io.offerflow.domain.model.Decision.reject;

import io.offerflow.contract.NameSuggester;
import io.offerflow.domain.model.Command.AcquirePlan;
import io.offerflow.domain.model.Command.AnswerRemoval;
import io.offerflow.domain.model.Command.AskPublisher;
import io.offerflow.domain.model.Command.CancelPublish;
import io.offerflow.domain.model.Command.CompleteRemoval;
import io.offerflow.domain.model.Command.CreateOffer;
import io.offerflow.domain.model.Command.CreatePlan;
import io.offerflow.domain.model.Command.DeleteDraft;
import io.offerflow.domain.model.Command.DeleteDraftPlan;
import io.offerflow.domain.model.Command.DownloadOffer;
import io.offerflow.domain.model.Command.GoLive;
import io.offerflow.domain.model.Command.RejectRemoval;
import io.offerflow.domain.model.Command.ReportStepFailed;
import io.offerflow.domain.model.Command.ReportStepSucceeded;
import io.offerflow.domain.model.Command.RequestRemoval;
import io.offerflow.domain.model.Command.ResumeSelling;
import io.offerflow.domain.model.Command.SaveSection;
import io.offerflow.domain.model.Command.StopSellingOffer;
import io.offerflow.domain.model.Command.StopSellingPlan;
import io.offerflow.domain.model.Command.SubmitOffer;
import io.offerflow.domain.model.Command.TakeRemovalRequest;
import io.offerflow.domain.model.Command.UpdatePlan;
import io.offerflow.domain.model.Command.WithdrawRemoval;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.EnumNames;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.PlanState;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.RemovalState;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.Status;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.RunPhase;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The lifecycle of an offer: for each command, the guards in the order in which they are checked (B26, B27), and last
 * the decision if none of them applies. It changes no state and throws no exception; {@code OfferEvolver} is the half
 * that applies the events.
 */
public final class OfferDecider {

    private static final Set<RemovalState> OPEN =
            Set.of(RemovalState.SUBMITTED, RemovalState.IN_PROGRESS, RemovalState.WAITING_FOR_PUBLISHER);

    private final Policy policy;
    private final DraftRules drafts;
    private final PlanRules plans;
    private final AudienceRules audiences;
    private final PublishRules publishing;
    private final StopSellRules stopping;
    private final EntitlementRules customers;
    private final RemovalRules removals = new RemovalRules();

    public OfferDecider(Policy policy) {
        this.policy = policy;
        this.drafts = new DraftRules(policy);
        this.plans = new PlanRules(policy);
        this.audiences = new AudienceRules(policy, plans);
        this.publishing = new PublishRules(policy);
        this.stopping = new StopSellRules(policy);
        this.customers = new EntitlementRules(policy);
    }

    /** Decides a command to an offer that is advanced to {@code now}. */
    public Decision decide(OfferState offer, Command command, Instant now) {
        OfferHeader header = offer.header();
        return switch (command) {
            case CreateOffer create when header.exists() -> reject(Rule.O1, Reason.OFFER_EXISTS,
                    "Expected to create offer %s, but it exists. Choose another offer id.", offer.key());
            case CreateOffer create when header.everLive() -> reject(Rule.D37, Reason.OFFER_EXISTS,
                    "Expected to create offer %s, but this id belonged to an offer that was live and stays reserved. "
                            + "Choose another offer id.", offer.key());
            case CreateOffer create when policy.allowsOfferId(offer.key().offerId()) ->
                    accept(Rule.O1, new Event.OfferCreated(OfferType.valueOf(create.offerType()), create.alias()));
            case CreateOffer create -> reject(Rule.V1, Reason.INVALID_ID,
                    "Expected an offer id of %s lower-case letters, digits, - and _, but it is \"%s\".",
                    policy.strictOfferIds() ? "3 to 50" : "1 to 50", offer.key().offerId());

            case Command anything when !takes(header, anything) -> absent(offer, anything);

            case SaveSection save when SectionId.named(save.section()).isEmpty() ->
                    reject(Rule.O2, Reason.UNKNOWN_SECTION, "Expected one of the seven sections, but \"%s\" is none. "
                            + "Did you mean %s?", save.section(),
                            EnumNames.closest(SectionId.values(), save.section()));
            case SaveSection save -> drafts.illFormed(save) // in every status (S2, D14)
                    .orElseGet(() -> drafts.save(offer, save.content().orElseThrow()));

            case CreatePlan create when !policy.allowsPlanId(create.planId()) -> reject(Rule.V2, Reason.INVALID_ID,
                    "Expected a plan id of 1 to 50 lower-case letters, digits, - and _, but it is \"%s\".",
                    create.planId());
            case CreatePlan create -> plans.illFormed(create.plan()) // in every status
                    .or(() -> plans.idInUse(offer, create))
                    .or(() -> plans.limitReached(offer, create))
                    .orElseGet(() -> plans.create(offer, create));

            case UpdatePlan update when !offer.hasPlan(update.planId()) -> noPlan(Rule.P2, update.planId(), offer);
            case UpdatePlan update -> plans.illFormed(update.changes()) // in every status
                    .orElseGet(() -> plans.update(offer, update));

            case DeleteDraftPlan delete when !offer.hasPlan(delete.planId()) ->
                    noPlan(Rule.B28, delete.planId(), offer);
            case DeleteDraftPlan delete when header.activeRun().isPresent() ->
                    inProgress(Rule.P16, "delete a plan", offer);
            case DeleteDraftPlan delete when offer.planState(delete.planId()) == PlanState.LIVE ->
                    planOnSale(Rule.P7, delete);
            case DeleteDraftPlan delete when offer.planState(delete.planId()) == PlanState.STOP_SELL_PENDING ->
                    planOnSale(Rule.B29, delete);
            case DeleteDraftPlan delete when header.everLive() && offer.planState(delete.planId()) == PlanState.DRAFT
                    && !policy.deleteNewPlanOfPublishedOffer() ->
                    reject(Rule.P6, Reason.ALREADY_PUBLISHED,
                            "Expected an offer that was never published, but %s was. Leave plan \"%s\" and complete "
                            + "it, or have the operator set delete.new.plan.of.published.offer.",
                            offer.key(), delete.planId());
            case DeleteDraftPlan delete when !delete.confirmed() -> unconfirmed(Rule.B38, "delete a plan");
            case DeleteDraftPlan delete -> plans.delete(offer, delete.planId());

            case Command.OfAudience audience -> audiences.decide(offer, audience, now); // A1–A14

            case SubmitOffer submit when header.stopPending() -> stopPending(Rule.O32, "submit", offer); // B27
            case SubmitOffer submit when header.running(RunPhase.BEFORE_SIGN_OFF)
            || header.running(RunPhase.AFTER_SIGN_OFF) ->
                    inProgress(Rule.O7, "submit", offer);
            case SubmitOffer submit when !offer.draftProblems().isEmpty() -> publishing.incomplete(offer);
            case SubmitOffer submit when policy.rejectSubmitWithoutChanges() && header.status() == Status.LIVE
                    && !header.changed() -> reject(Rule.O4, Reason.NOTHING_TO_PUBLISH, // D20
                    "Expected changes to publish, but the draft of %s is what is live. Save a change first.",
                    offer.key());
            case SubmitOffer submit -> publishing.submit(offer, submit); // D18

            case GoLive goLive when header.stopPending() -> stopPending(Rule.O32, "go live", offer); // B27
            case GoLive goLive when header.running(RunPhase.AT_SIGN_OFF)
                    && goLive.submission().filter(named -> named != header.submission()).isPresent() ->
                    reject(Rule.O17, Reason.STALE_SUBMISSION, "Expected submission %d, which waits for sign-off, but "
                            + "the command names %d. Look at the newest preview first.", header.submission(),
                            goLive.submission().orElseThrow());
            case GoLive goLive when header.running(RunPhase.AT_SIGN_OFF) ->
                    accept(Rule.O17, new Event.OfferSignedOff(header.submission())); // at once (B45)
            case GoLive goLive -> reject(Rule.O18, Reason.NOT_AT_SIGN_OFF,
                    "Expected offer %s to wait for the publisher's sign-off, but it %s.", offer.key(),
                    PublishRules.progressOf(header));

            case CancelPublish cancel when header.activeRun().isEmpty() ->
                    reject(Rule.O16, Reason.NO_PUBLISH_IN_PROGRESS,
                            "Expected a publishing run to cancel, but offer %s has none.",
                            offer.key());
            case CancelPublish cancel when header.running(RunPhase.AT_SIGN_OFF) -> cancelTooLate(Rule.O14, header);
            case CancelPublish cancel when header.running(RunPhase.AFTER_SIGN_OFF) -> cancelTooLate(Rule.O15, header);
            case CancelPublish cancel when !cancel.confirmed() -> unconfirmed(Rule.V35, "cancel publishing");
            case CancelPublish cancel -> accept(Rule.O13, new Event.PublishCancelled(header.submission())); // D15–D17

            case DeleteDraft delete when header.activeRun().isPresent() ->
                    inProgress(Rule.O23, "delete the draft", offer);
            case DeleteDraft delete when header.onSale() -> reject(Rule.O22, Reason.ALREADY_PUBLISHED, // D6
                    "Expected an offer that was never published, but %s is on sale. Stop selling it first.",
                    offer.key());
            case DeleteDraft delete when !delete.confirmed() -> unconfirmed(Rule.V35, "delete the draft");
            case DeleteDraft delete -> accept(header.everLive() ? Rule.O24 : Rule.O21, new Event.DraftDeleted());

            case StopSellingOffer stop when header.stopped() -> reject(Rule.O29, Reason.ALREADY_STOPPED,
                    "Expected offer %s to be on sale, but selling has stopped already.", offer.key());
            case StopSellingOffer stop when header.stopPending() -> stopPending(Rule.O28, "stop selling", offer);
            case StopSellingOffer stop when !header.everLive() -> reject(Rule.O27, Reason.NEVER_PUBLISHED,
                    "Expected an offer that was published, but %s never was. Delete its draft instead.", offer.key());
            case StopSellingOffer stop when header.running(RunPhase.BEFORE_SIGN_OFF)
                    || header.running(RunPhase.AFTER_SIGN_OFF)
                    -> inProgress(Rule.O30, "stop selling", offer);
            case StopSellingOffer stop when !stop.confirmed() -> unconfirmed(Rule.V35, "stop selling");
            case StopSellingOffer stop -> stopping.offer(offer, stop, now); // D34

            case StopSellingPlan stop when !offer.hasPlan(stop.planId()) -> noPlan(Rule.B28, stop.planId(), offer);
            case StopSellingPlan stop when header.activeRun().isPresent() ->
                    inProgress(Rule.P16, "stop selling a plan", offer);
            case StopSellingPlan stop -> stopping.unstoppable(offer, stop.planId())
                    .or(() -> stopping.lastOnSale(offer, stop.planId()))
                    .orElseGet(() -> stop.confirmed() ? stopping.plan(stop, now)
                            : unconfirmed(Rule.B38, "stop selling a plan"));

            case ResumeSelling resume when resume.planId().isEmpty() && header.stopPending() ->
                    accept(Rule.O34, new Event.SellingResumed());
            case ResumeSelling resume when resume.planId().filter(header.planStops()::containsKey).isPresent() ->
                    accept(Rule.B37, new Event.PlanSellingResumed(resume.planId().orElseThrow()));
            case ResumeSelling resume when resume.planId().filter(planId -> !offer.hasPlan(planId)).isPresent() ->
                    noPlan(Rule.B37, resume.planId().orElseThrow(), offer);
            case ResumeSelling resume -> reject(resume.planId().isPresent() ? Rule.B37 : Rule.O34,
                    Reason.NO_STOP_SELL_PENDING, "Expected a pending stop of selling to withdraw, but %s has none.",
                    resume.planId().map(planId -> "plan \"" + planId + "\"").orElse("offer " + offer.key()));

            case RequestRemoval request -> removals.request(offer, request);
            case AnswerRemoval answer -> removals.move(Rule.R4, offer, answer.request(),
                    Set.of(RemovalState.WAITING_FOR_PUBLISHER), RemovalState.IN_PROGRESS);
            case WithdrawRemoval withdraw ->
                    removals.move(Rule.R6, offer, withdraw.request(), OPEN, RemovalState.WITHDRAWN);

            case ReportStepSucceeded done when publishing.isForCurrentStep(header, done) ->
                    publishing.succeeded(offer, done, now);
            case ReportStepSucceeded done -> publishing.stale(header, done);
            case ReportStepFailed failed when publishing.isForCurrentStep(header, failed) ->
                    publishing.failed(header, failed); // B67
            case ReportStepFailed failed -> publishing.stale(header, failed);

            case AcquirePlan acquire -> customers.acquire(offer, acquire);
            case DownloadOffer download -> customers.download(offer, download);

            case TakeRemovalRequest take ->
                    removals.move(Rule.R3, offer, take.request(), Set.of(RemovalState.SUBMITTED),
                            RemovalState.IN_PROGRESS);
            case AskPublisher question ->
                    removals.move(Rule.R4, offer, question.request(), Set.of(RemovalState.IN_PROGRESS),
                    RemovalState.WAITING_FOR_PUBLISHER);
            case CompleteRemoval complete ->
                    removals.move(Rule.R5, offer, complete.request(), Set.of(RemovalState.IN_PROGRESS),
                            RemovalState.COMPLETED);
            case RejectRemoval refuse -> removals.move(Rule.R6, offer, refuse.request(), OPEN, RemovalState.REJECTED);
        };
    }

    /**
     * Whether there is an offer for a command. B3: one that was live and is deleted still takes commands of customers
     * and about removal requests.
     */
    public static boolean takes(OfferHeader header, Command command) {
        return header.exists() || header.everLive() && switch (command) {
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
        return command instanceof Command.ByPipeline ? ignore(Rule.B3, Reason.OFFER_NOT_FOUND, sentence, offer.key())
                : reject(Rule.O33, Reason.OFFER_NOT_FOUND, sentence, offer.key());
    }

    private static Decision stopPending(Rule rule, String action, OfferState offer) {
        return reject(rule, Reason.STOP_SELL_PENDING, "Expected to %s, but selling of offer %s is going to stop at %s. "
                + "Resume selling first if it should not.", action, offer.key(),
                offer.header().stop().orElseThrow().effectiveAt());
    }

    private static Decision cancelTooLate(Rule rule, OfferHeader header) {
        return reject(rule, Reason.CANCEL_TOO_LATE,
                "Expected submission %d to be before the publisher's sign-off, but it %s. Nothing can be cancelled "
                + "from there on.", header.submission(), PublishRules.progressOf(header));
    }

    private static Decision planOnSale(Rule rule, DeleteDraftPlan delete) {
        return reject(rule, Reason.ALREADY_PUBLISHED, "Expected a plan that is not sold, but \"%s\" is on sale. Stop "
                + "selling it first.", delete.planId());
    }

    static Decision noPlan(Rule rule, String planId, OfferState offer) {
        SortedMap<String, ?> known = offer.plans().plans();
        return reject(rule, Reason.PLAN_NOT_FOUND, "Expected an existing plan, but offer %s has no plan \"%s\".%s",
                offer.key(), planId, known.isEmpty() ? ""
                        : RootLocaleText.format(" Did you mean \"%s\"?",
                                NameSuggester.nearest(planId, known.keySet())));
    }

    private static Decision inProgress(Rule rule, String action, OfferState offer) {
        return reject(rule, Reason.PUBLISH_IN_PROGRESS,
                "Expected to %s, but submission %d of offer %s %s. Wait for its end%s.", action,
                offer.header().submission(), offer.key(), PublishRules.progressOf(offer.header()),
                offer.header().running(RunPhase.BEFORE_SIGN_OFF) ? " or cancel it" : "");
    }

    static Decision unconfirmed(Rule rule, String action) {
        return reject(rule, Reason.CONFIRMATION_REQUIRED,
                "Expected a confirmed request to %s, but confirmed is false. Ask the person, then send it as true.",
                action);
    }
}
