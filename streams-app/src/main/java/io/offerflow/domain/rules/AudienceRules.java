package io.offerflow.domain.rules;

import static io.offerflow.domain.model.Decision.accept;
import static io.offerflow.domain.model.Decision.reject;

import io.offerflow.domain.model.AudienceType;
import io.offerflow.domain.model.Command.AddAudienceId;
import io.offerflow.domain.model.Command.ImportAudience;
import io.offerflow.domain.model.Command.RemoveAudienceId;
import io.offerflow.domain.model.Command.SyncPrivateAudience;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.Limits;
import io.offerflow.domain.model.PlanState;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.row.AudienceRevision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides about the private audiences of plans: domain.md 5.3, S32–S35. Its evolving half is {@code AudienceEvolver}.
 */
final class AudienceRules {

    private final Limits limits;
    private final Duration syncDelay;
    private final PlanRules plans;
    private final AudienceImportRules imports;

    AudienceRules(Policy policy, PlanRules plans) {
        this.limits = policy.limits();
        this.syncDelay = policy.audienceSyncDelay();
        this.plans = plans;
        this.imports = new AudienceImportRules(limits);
    }

    /** In any status of the offer: audiences are edited and synced independently of publishing (S32, A12, D26). */
    Decision decide(OfferState offer, Command.OfAudience command, Instant now) {
        return switch (command) {
            case AddAudienceId add when !offer.hasPlan(add.planId()) ->
                    OfferDecider.noPlan(Rule.A1, add.planId(), offer);
            case AddAudienceId add -> invalid(offer, add)
                    .or(() -> notPrivate(offer, add.planId()))
                    .or(() -> limitReached(offer, add))
                    .or(() -> duplicate(offer, add))
                    .orElseGet(() -> added(offer, add));

            case RemoveAudienceId remove when !offer.hasPlan(remove.planId()) ->
                    OfferDecider.noPlan(Rule.A3, remove.planId(), offer);
            case RemoveAudienceId remove -> notPrivate(offer, remove.planId())
                    .or(() -> notIn(offer, remove))
                    .orElseGet(() -> removed(offer, remove));

            case ImportAudience chunk when !offer.hasPlan(chunk.planId()) ->
                    OfferDecider.noPlan(Rule.A2, chunk.planId(), offer);
            case ImportAudience chunk -> imports.invalid(offer, chunk)
                    .or(() -> notPrivate(offer, chunk.planId()))
                    .or(() -> imports.incomplete(offer, chunk))
                    .or(() -> imports.limitReached(offer, chunk))
                    .or(() -> imports.empty(chunk))
                    .orElseGet(() -> chunk.confirmed() ? imported(offer, chunk)
                            : OfferDecider.unconfirmed(Rule.B38, "replace an audience"));

            case SyncPrivateAudience sync -> sync.planIds().stream()
                    .filter(planId -> !offer.hasPlan(planId)).findFirst()
                    .map(planId -> OfferDecider.noPlan(Rule.A4, planId, offer))
                    .orElseGet(() -> sync(offer, requested(offer, sync), now));
        };
    }

    /** Whether a plan is private in the draft, or in the version that was published last. */
    private static boolean isPrivate(OfferState offer, String planId) {
        return offer.plans().plans().get(planId).isPrivate() || offer.isPublishedPrivate(planId);
    }

    private static Optional<Decision> notPrivate(OfferState offer, String planId) {
        return isPrivate(offer, planId) ? Optional.empty() : Optional.of(reject(Rule.B20, Reason.PLAN_NOT_PRIVATE,
                "Expected a private plan, but \"%s\" is for everybody, in the draft and in the live version. Make it "
                        + "private first.", planId));
    }

    private Optional<Decision> invalid(OfferState offer, AddAudienceId add) {
        return AudienceImportRules.formatError(limits, offer, add.id(), add.type(), add.label())
                .map(wrong -> reject(wrong.rule(), Reason.INVALID_AUDIENCE_ID, "Expected %s.", wrong.met()));
    }

    private Optional<Decision> limitReached(OfferState offer, AddAudienceId add) {
        AudienceType type = AudienceType.valueOf(add.type());
        Optional<AudienceRevision> saved = offer.savedAudience(add.planId());
        if (saved.map(AudienceRevision::byHand).orElse(0) >= limits.audienceByHand()) {
            return Optional.of(reject(Rule.B22, Reason.AUDIENCE_LIMIT,
                    "Expected at most %d members typed in by hand, but plan \"%s\" has them already; import a file "
                    + "instead.", limits.audienceByHand(), add.planId()));
        }
        return saved.filter(audience -> audience.count(type) >= limits.audience(type))
                .map(audience -> reject(Rule.V21, Reason.AUDIENCE_LIMIT,
                        "Expected at most %,d ids of type %s, but plan \"%s\" has them already.", limits.audience(type),
                        type, add.planId()));
    }

    private static Optional<Decision> duplicate(OfferState offer, AddAudienceId add) {
        return offer.isInSavedAudience(add.planId(), add.id()) ? Optional.of(reject(Rule.V20, Reason.DUPLICATE_ID,
                "Expected an id that is not in the audience of plan \"%s\" yet, but %s is.", add.planId(), add.id()))
                : Optional.empty();
    }

    private Decision added(OfferState offer, AddAudienceId add) {
        return changed(Rule.A1, offer, add.planId(), new Event.AudienceIdAdded(add.planId(),
                generation(offer, add.planId()), offer.header().revision() + 1, AudienceType.valueOf(add.type()),
                add.id(), add.label()));
    }

    /** The refusal to remove an id that is not in the audience, or is the last one (V19). */
    private static Optional<Decision> notIn(OfferState offer, RemoveAudienceId remove) {
        if (!offer.isInSavedAudience(remove.planId(), remove.id())) {
            return Optional.of(reject(Rule.A3, Reason.NOT_FOUND,
                    "Expected an id of the audience of plan \"%s\", but \"%s\" is not in it.", remove.planId(),
                    CommandValidator.shortened(remove.id())));
        }
        return offer.savedAudience(remove.planId()).orElseThrow().members() == 1
                ? Optional.of(reject(Rule.A3, Reason.AUDIENCE_EMPTY, "Expected a member to be left in the audience of "
                        + "plan \"%s\", but %s is the last one. Add another one first.", remove.planId(), remove.id()))
                : Optional.empty();
    }

    private Decision removed(OfferState offer, RemoveAudienceId remove) {
        return changed(Rule.A3, offer, remove.planId(), new Event.AudienceIdRemoved(remove.planId(),
                generation(offer, remove.planId()), offer.header().revision() + 1, remove.id()));
    }

    private static long generation(OfferState offer, String planId) {
        return offer.savedAudience(planId).map(AudienceRevision::generation)
                .orElseGet(() -> offer.audience(planId).generations() + 1);
    }

    private Decision imported(OfferState offer, ImportAudience chunk) {
        if (imports.changesNothing(offer, chunk)) {
            return accept(Rule.B72);
        }
        Event.AudienceChunkStaged staged = imports.staged(offer, chunk);
        return chunk.index() + 1 < chunk.chunks() ? accept(Rule.A2, staged)
                : changed(Rule.A2, offer, chunk.planId(), staged, new Event.AudienceImported(chunk.planId(),
                        staged.generation(), offer.header().revision() + 1));
    }

    /** Accepts a change of the saved audience, and assesses the plan again, whose problems depend on it (V19). */
    private Decision changed(Rule rule, OfferState offer, String planId, Event... events) {
        List<Event> all = new ArrayList<>(List.of(events));
        OfferState after = offer;
        for (Event event : events) {
            after = OfferEvolver.apply(after, event, offer.header().clock());
        }
        plans.assess(after, planId).ifPresent(all::add);
        return accept(rule, all);
    }

    /** D24: the named plans, or all. */
    private static Collection<String> requested(OfferState offer, SyncPrivateAudience sync) {
        return sync.planIds().isEmpty() ? offer.plans().plans().keySet()
                : sync.planIds().stream().distinct().sorted().toList();
    }

    /**
     * Publishes the saved audiences and nothing else (D27), without sign-off (D30), checked in the order of B31: the
     * plans that can be synced are synced, the others are left out.
     */
    private Decision sync(OfferState offer, Collection<String> planIds, Instant now) {
        List<String> hidden = filter(planIds, planId -> offer.sales().plans().containsKey(planId)
                ? offer.isPublishedPrivate(planId) : isPrivate(offer, planId)); // D25, B31
        List<String> live = filter(hidden, offer.sales().plans()::containsKey);
        List<String> sold = filter(live, planId -> offer.planState(planId) == PlanState.LIVE
                || offer.planState(planId) == PlanState.STOP_SELL_PENDING);
        List<String> syncing = filter(sold, planId -> offer.pendingSync(planId).isPresent());
        List<String> changed = filter(sold, planId -> offer.audienceChanged(planId) && !syncing.contains(planId)); // A4
        List<String> firstOfType = filter(changed, planId -> !offer.audience(planId).published()
                .containsAll(offer.savedAudience(planId).map(AudienceRevision::types).orElseThrow()));
        if (hidden.isEmpty()) {
            return reject(Rule.A6, Reason.NO_PRIVATE_PLAN, "Expected a private plan to sync, but there is none%s.",
                    among(planIds));
        }
        if (live.isEmpty()) {
            return reject(Rule.A7, Reason.PLAN_NOT_LIVE, "Expected a private plan that was published, but none was%s. "
                    + "Publish the offer: its audience goes with it.", among(hidden));
        }
        if (sold.isEmpty()) {
            return reject(Rule.A13, Reason.NOT_ON_SALE, "Expected a private plan on sale, but none is%s.", among(live));
        }
        if (changed.isEmpty() && !syncing.isEmpty()) {
            return reject(Rule.A10, Reason.NOTHING_TO_SYNC,
                    "Expected a changed audience that is not being synced yet, but there is none%s: a sync takes "
                    + "effect at %s. Ask again after it.", among(syncing),
                    offer.pendingSync(syncing.getFirst()).orElseThrow().effectiveAt());
        }
        if (changed.isEmpty()) {
            return reject(Rule.A5, Reason.NOTHING_TO_SYNC,
                    "Expected a saved audience that differs from the one that counts, but none does%s.",
                    among(sold)); // B30
        }
        if (!firstOfType.isEmpty()) {
            return reject(Rule.A8, Reason.FULL_PUBLISH_REQUIRED,
                    "Expected only types of ids that the audience was published with before, but there is a new one%s. "
                    + "Publish the offer, or name the other plans.",
                    among(firstOfType)); // B21
        }
        long revision = offer.header().revision();
        return syncDelay.isZero() ? accept(Rule.A9, new Event.AudienceSynced(changed, revision)) // B12
                : accept(Rule.A4, new Event.AudienceSyncRequested(changed, revision, now.plus(syncDelay)));
    }

    private static List<String> filter(Collection<String> planIds, Predicate<String> condition) {
        return planIds.stream().filter(condition).toList();
    }

    private static String among(Collection<String> planIds) {
        return planIds.isEmpty() ? "" : " among " + String.join(", ", planIds.stream().limit(5).toList())
                + (planIds.size() > 5 ? " and more" : "");
    }
}
