package io.offerflow.domain;

import static io.offerflow.domain.Decision.accept;
import static io.offerflow.domain.Decision.ignore;
import static io.offerflow.domain.Decision.reject;

import io.offerflow.domain.Command.AcquirePlan;
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
import io.offerflow.domain.Command.ResumeSellingOffer;
import io.offerflow.domain.Command.SaveSection;
import io.offerflow.domain.Command.StopSellingOffer;
import io.offerflow.domain.Command.SubmitOffer;
import io.offerflow.domain.Command.TakeRemovalRequest;
import io.offerflow.domain.Command.UpdatePlan;
import io.offerflow.domain.state.OfferFacts;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Run.Phase;
import java.time.Instant;
import java.util.SortedMap;

/**
 * The lifecycle of an offer: for each command, the guards in the order in which they speak (B26, B27), and last what
 * holds when none of them did. Decides, changes nothing, throws nothing.
 */
final class Lifecycle {

    private final Policy policy;
    private final Drafts drafts;
    private final Plans plans;
    private final Publishing publishing;

    Lifecycle(Policy policy) {
        this.policy = policy;
        this.drafts = new Drafts(policy);
        this.plans = new Plans(policy);
        this.publishing = new Publishing(policy);
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

            case Command anything when !facts.exists() -> absent(offer, anything);

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
            case CreatePlan create when offer.plans().plans().containsKey(create.planId()) -> reject(Reason.PLAN_EXISTS,
                    "Expected to create plan \"%s\", but offer %s has one of this id. Choose another plan id.",
                    create.planId(), offer.key());
            case CreatePlan create when plans.full(offer, create).isPresent() -> reject(Reason.PLAN_LIMIT, "%s",
                    plans.full(offer, create).orElse("")); // V12, B35
            case CreatePlan create -> plans.save(offer, create.planId(), create.plan()); // P1, in every status

            case UpdatePlan update when !offer.plans().plans().containsKey(update.planId()) ->
                    noPlan(update.planId(), offer);
            case UpdatePlan update when plans.fault(update.changes()).isPresent() -> plans.illFormed(update.changes());
            case UpdatePlan update -> plans.save(offer, update.planId(), update.changes()); // P2, in every status

            case DeleteDraftPlan delete when !offer.plans().plans().containsKey(delete.planId()) ->
                    noPlan(delete.planId(), offer);
            case DeleteDraftPlan delete when facts.activeRun().isPresent() -> inProgress("delete a plan", offer); // P16
            case DeleteDraftPlan delete when offer.livePlans().plans().containsKey(delete.planId()) -> // P7
                    reject(Reason.ALREADY_PUBLISHED, "Expected a plan that was never published, but \"%s\" was.",
                            delete.planId());
            case DeleteDraftPlan delete when facts.everLive() && !policy.deleteNewPlanOfPublishedOffer() -> // P6, D3
                    reject(Reason.ALREADY_PUBLISHED, "Expected an offer that was never published, but %s was. Leave "
                            + "plan \"%s\" and complete it, or have the operator set delete.new.plan.of.published.offer.",
                            offer.key(), delete.planId());
            case DeleteDraftPlan delete when !delete.confirmed() -> unconfirmed("delete a plan");
            case DeleteDraftPlan delete -> plans.delete(offer, delete.planId()); // P5

            case SubmitOffer submit when facts.stopPending() -> stopPending("submit", offer); // O32, B27
            case SubmitOffer submit when facts.running(Phase.BEFORE_SIGN_OFF) || facts.running(Phase.AFTER_SIGN_OFF) ->
                    inProgress("submit", offer); // O7
            case SubmitOffer submit when !offer.problemsOfDraft().isEmpty() -> publishing.incomplete(offer);
            case SubmitOffer submit when policy.rejectSubmitWithoutChanges() && facts.status() == Status.LIVE
                    && !facts.changed() -> reject(Reason.NOTHING_TO_PUBLISH, // O4, D20
                    "Expected changes to publish, but the draft of %s is what is live. Save a change first.",
                    offer.key());
            case SubmitOffer submit -> publishing.submit(offer, submit); // O3–O6, O8

            case GoLive goLive when facts.stopPending() -> stopPending("go live", offer); // O32, B27
            case GoLive goLive when facts.running(Phase.AT_SIGN_OFF)
                    && goLive.submission().filter(seen -> seen != facts.submission()).isPresent() ->
                    reject(Reason.STALE_SUBMISSION, "Expected submission %d, which waits for sign-off, but the command "
                            + "names %d. Look at the newest preview first.", facts.submission(),
                            goLive.submission().orElseThrow());
            case GoLive goLive when facts.running(Phase.AT_SIGN_OFF) ->
                    accept(new Event.OfferSignedOff(facts.submission())); // O17
            case GoLive goLive -> reject(Reason.NOT_AT_SIGN_OFF, // O18
                    "Expected offer %s to wait for the publisher's sign-off, but it %s.", offer.key(),
                    Publishing.whereabouts(facts));

            case CancelPublish cancel when facts.activeRun().isEmpty() -> reject(Reason.NO_PUBLISH_IN_PROGRESS, // O16
                    "Expected a publishing run to cancel, but offer %s has none.", offer.key());
            case CancelPublish cancel when !facts.running(Phase.BEFORE_SIGN_OFF) -> reject(Reason.CANCEL_TOO_LATE,
                    "Expected submission %d to be before the publisher's sign-off, but it %s. Nothing can be cancelled "
                            + "from there on.", facts.submission(), Publishing.whereabouts(facts)); // O14, O15
            case CancelPublish cancel when !cancel.confirmed() -> unconfirmed("cancel publishing");
            case CancelPublish cancel -> accept(new Event.PublishCancelled(facts.submission())); // O13

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
            case StopSellingOffer stop -> publishing.stopSelling(offer, stop, now); // O25, O31

            case ResumeSellingOffer resume when facts.stopPending() -> accept(new Event.SellingResumed()); // O34, B37
            case ResumeSellingOffer resume -> reject(Reason.NO_STOP_SELL_PENDING,
                    "Expected a pending stop of selling to withdraw, but offer %s has none.", offer.key());

            case ReportStepSucceeded done when publishing.speaksOfNow(facts, done) -> publishing.succeeded(offer, done);
            case ReportStepSucceeded done -> publishing.stale(facts, done); // V33, B2
            case ReportStepFailed failed when publishing.speaksOfNow(facts, failed) -> accept(new Event.PublishFailed(
                    failed.submission(), facts.run().orElseThrow().step(), failed.messages())); // O11, O12
            case ReportStepFailed failed -> publishing.stale(facts, failed);

            case AcquirePlan acquire -> notAvailable(offer); // E2, B19: no plan is on sale
            case DownloadOffer download -> notEntitled(offer, download); // B33
            case TakeRemovalRequest take -> noRequest(take); // B32
            case AskPublisher ask -> noRequest(ask);
            case CompleteRemoval complete -> noRequest(complete);
            case RejectRemoval refuse -> noRequest(refuse);
        };
    }

    /** O33, B3: the portal knows no such offer; customers and support may still speak of one that was live. */
    private Decision absent(OfferState offer, Command command) {
        String sentence = "Expected an existing offer, but there is none with key %s. Create it first.";
        return switch (command) {
            case Command.ByPublisher publisher -> reject(Reason.OFFER_NOT_FOUND, sentence, offer.key());
            case Command.ByPipeline pipeline -> ignore(Reason.OFFER_NOT_FOUND, sentence, offer.key());
            case AcquirePlan acquire when offer.facts().everLive() -> notAvailable(offer);
            case DownloadOffer download when offer.facts().everLive() -> notEntitled(offer, download);
            case Command.ByCustomer customer -> reject(Reason.OFFER_NOT_FOUND, sentence, offer.key());
            case Command.BySupport support when offer.facts().everLive() -> noRequest(support);
            case Command.BySupport support -> reject(Reason.OFFER_NOT_FOUND, sentence, offer.key());
        };
    }

    private static Decision stopPending(String what, OfferState offer) {
        return reject(Reason.STOP_SELL_PENDING, "Expected to %s, but selling of offer %s is going to stop at %s. "
                + "Resume selling first if it should not.", what, offer.key(),
                offer.facts().stop().orElseThrow().effectiveAt());
    }

    private static Decision noPlan(String planId, OfferState offer) {
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

    private static Decision unconfirmed(String what) {
        return reject(Reason.CONFIRMATION_REQUIRED,
                "Expected a confirmed request to %s, but confirmed is false. Ask the person, then send it as true.",
                what);
    }

    private static Decision notAvailable(OfferState offer) {
        return reject(Reason.NOT_AVAILABLE, "Expected a plan on sale, but offer %s has none.", offer.key());
    }

    private static Decision notEntitled(OfferState offer, DownloadOffer download) {
        return reject(Reason.NOT_ENTITLED, "Expected customer %s to have plan %s of offer %s, but they have not.",
                download.customerId(), download.planId(), offer.key());
    }

    private static Decision noRequest(Command.BySupport decision) {
        return reject(Reason.REQUEST_NOT_FOUND, "Expected removal request %d, but there is none with this number.",
                decision.request());
    }
}
