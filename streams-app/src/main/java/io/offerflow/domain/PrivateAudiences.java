package io.offerflow.domain;

import static io.offerflow.domain.Decision.accept;
import static io.offerflow.domain.Decision.reject;

import io.offerflow.domain.Command.AddAudienceId;
import io.offerflow.domain.Command.ImportAudience;
import io.offerflow.domain.Command.RemoveAudienceId;
import io.offerflow.domain.Command.SyncPrivateAudience;
import io.offerflow.domain.state.Audience;
import io.offerflow.domain.state.Evolution;
import io.offerflow.domain.state.OfferState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is decided about the private audiences of plans: domain.md 5.3, S32–S35. */
final class PrivateAudiences {

    private final Limits limits;
    private final Duration syncDelay;
    private final Plans plans;
    private final AudienceImport imports;

    PrivateAudiences(Policy policy, Plans plans) {
        this.limits = policy.limits();
        this.syncDelay = policy.audienceSyncDelay();
        this.plans = plans;
        this.imports = new AudienceImport(limits);
    }

    /** In any status of the offer: audiences are edited and synced beside everything else (S32, A12, D26). */
    Decision decide(OfferState offer, Command.OfAudience command, Instant now) {
        return switch (command) {
            case AddAudienceId add when absent(offer, add.planId()) -> Lifecycle.noPlan(add.planId(), offer);
            case AddAudienceId add when fault(offer, add).isPresent() -> reject(Reason.INVALID_AUDIENCE_ID,
                    "Expected %s.", fault(offer, add).orElse("")); // V20, V23
            case AddAudienceId add when !isPrivate(offer, add.planId()) -> notPrivate(add.planId()); // B20
            case AddAudienceId add when full(offer, add).isPresent() -> reject(Reason.AUDIENCE_LIMIT,
                    "Expected %s.", full(offer, add).orElse("")); // V21, B22, B61
            case AddAudienceId add when offer.isInSavedAudience(add.planId(), add.id()) -> reject(Reason.DUPLICATE_ID,
                    "Expected an id that is not in the audience of plan \"%s\" yet, but %s is.", add.planId(), add.id());
            case AddAudienceId add -> changed(offer, add.planId(), new Event.AudienceIdAdded(add.planId(),
                    generation(offer, add.planId()), offer.facts().revision() + 1, AudienceType.valueOf(add.type()),
                    add.id(), add.label())); // A1

            case RemoveAudienceId remove when absent(offer, remove.planId()) -> Lifecycle.noPlan(remove.planId(), offer);
            case RemoveAudienceId remove when !isPrivate(offer, remove.planId()) -> notPrivate(remove.planId());
            case RemoveAudienceId remove when !offer.isInSavedAudience(remove.planId(), remove.id()) ->
                    reject(Reason.NOT_FOUND, "Expected an id of the audience of plan \"%s\", but \"%s\" is not in it.",
                            remove.planId(), Arguments.shortened(remove.id()));
            case RemoveAudienceId remove when offer.savedAudience(remove.planId()).orElseThrow().members() == 1 ->
                    reject(Reason.AUDIENCE_EMPTY, "Expected somebody to be left in the audience of plan \"%s\", but %s "
                            + "is the last one. Add another one first.", remove.planId(), remove.id()); // V19
            case RemoveAudienceId remove -> changed(offer, remove.planId(), new Event.AudienceIdRemoved(remove.planId(),
                    generation(offer, remove.planId()), offer.facts().revision() + 1, remove.id())); // A3

            case ImportAudience chunk when absent(offer, chunk.planId()) -> Lifecycle.noPlan(chunk.planId(), offer);
            case ImportAudience chunk when !imports.problems(offer, chunk).isEmpty() ->
                    imports.invalid(imports.problems(offer, chunk)); // V20, V22, V23
            case ImportAudience chunk when !isPrivate(offer, chunk.planId()) -> notPrivate(chunk.planId());
            case ImportAudience chunk when imports.gap(offer, chunk).isPresent() -> reject(Reason.IMPORT_INCOMPLETE,
                    "Expected %s. What was sent of the import is dropped: send it again from chunk 0 under another "
                            + "importId.", imports.gap(offer, chunk).orElse("")); // B34
            case ImportAudience chunk when imports.full(offer, chunk).isPresent() -> reject(Reason.AUDIENCE_LIMIT,
                    "Expected %s.", imports.full(offer, chunk).orElse("")); // V21, B61
            case ImportAudience chunk when chunk.total() == 0 -> reject(Reason.AUDIENCE_EMPTY,
                    "Expected at least one row to import into the audience of plan \"%s\", but there is none.",
                    chunk.planId());
            case ImportAudience chunk when !chunk.confirmed() -> Lifecycle.unconfirmed("replace an audience"); // B38
            case ImportAudience chunk -> imported(offer, chunk); // A2

            case SyncPrivateAudience sync when unknown(offer, sync).isPresent() ->
                    Lifecycle.noPlan(unknown(offer, sync).orElse(""), offer);
            case SyncPrivateAudience sync -> sync(offer, asked(offer, sync), now);
        };
    }

    private static boolean absent(OfferState offer, String planId) {
        return !offer.plans().plans().containsKey(planId);
    }

    /** B20: in the draft, or in the version that was published last. */
    private static boolean isPrivate(OfferState offer, String planId) {
        return offer.plans().plans().get(planId).hidden() || offer.isPublishedPrivate(planId);
    }

    private static Decision notPrivate(String planId) {
        return reject(Reason.PLAN_NOT_PRIVATE, "Expected a private plan, but \"%s\" is for everybody, in the draft and "
                + "in the live version. Make it private first.", planId);
    }

    private Optional<String> fault(OfferState offer, AddAudienceId add) {
        return AudienceImport.wrongId(add.id()).or(() -> AudienceImport.wrongType(offer, add.type()))
                .or(() -> AudienceImport.wrongLabel(limits, add.label()));
    }

    private Optional<String> full(OfferState offer, AddAudienceId add) {
        AudienceType type = AudienceType.valueOf(add.type());
        Optional<Audience.Stamp> saved = offer.savedAudience(add.planId());
        if (saved.map(Audience.Stamp::byHand).orElse(0) >= limits.audienceByHand()) {
            return Optional.of(("at most %d members typed in by hand, but plan \"%s\" has them already; import a file "
                    + "instead").formatted(limits.audienceByHand(), add.planId()));
        }
        return saved.filter(audience -> audience.count(type) >= limits.audience(type))
                .map(audience -> "at most %,d ids of type %s, but plan \"%s\" has them already".formatted(
                        limits.audience(type), type, add.planId()));
    }

    private static long generation(OfferState offer, String planId) {
        return offer.savedAudience(planId).map(Audience.Stamp::generation)
                .orElseGet(() -> offer.audience(planId).generations() + 1);
    }

    private Decision imported(OfferState offer, ImportAudience chunk) {
        Event.AudienceChunkStaged staged = imports.staged(offer, chunk);
        return chunk.index() + 1 < chunk.chunks() ? accept(staged) : changed(offer, chunk.planId(), staged,
                new Event.AudienceImported(chunk.planId(), staged.generation(), offer.facts().revision() + 1));
    }

    /** The saved audience changed; with it, perhaps, what keeps the plan from being complete (V19). */
    private Decision changed(OfferState offer, String planId, Event... events) {
        List<Event> all = new ArrayList<>(List.of(events));
        OfferState after = offer;
        for (Event event : events) {
            after = Evolution.apply(after, event, offer.facts().clock());
        }
        plans.assess(after, planId).ifPresent(all::add);
        return accept(all);
    }

    private static Optional<String> unknown(OfferState offer, SyncPrivateAudience sync) {
        return sync.planIds().stream().filter(planId -> absent(offer, planId)).findFirst();
    }

    /** D24: the plans named, or all. */
    private static Collection<String> asked(OfferState offer, SyncPrivateAudience sync) {
        return sync.planIds().isEmpty() ? offer.plans().plans().keySet()
                : sync.planIds().stream().distinct().sorted().toList();
    }

    /** A4–A8, A13, what was saved and nothing else (D27), without sign-off (D30), in the order of B31: those that can be synced are, the rest are left out. */
    private Decision sync(OfferState offer, Collection<String> asked, Instant now) {
        List<String> hidden = those(asked, planId -> offer.sales().plans().containsKey(planId)
                ? offer.isPublishedPrivate(planId) : isPrivate(offer, planId)); // D25, B31
        List<String> live = those(hidden, offer.sales().plans()::containsKey);
        List<String> sold = those(live, planId -> offer.planState(planId) == PlanState.LIVE
                || offer.planState(planId) == PlanState.STOP_SELL_PENDING);
        List<String> syncing = those(sold, planId -> offer.pendingSync(planId).isPresent());
        List<String> changed = those(sold, planId -> offer.audienceChanged(planId) && !syncing.contains(planId)); // A4
        List<String> firstOfType = those(changed, planId -> !offer.audience(planId).published()
                .containsAll(offer.savedAudience(planId).map(Audience.Stamp::types).orElseThrow()));
        if (hidden.isEmpty()) {
            return reject(Reason.NO_PRIVATE_PLAN, "Expected a private plan to sync, but there is none%s.", // A6
                    some(asked));
        }
        if (live.isEmpty()) {
            return reject(Reason.PLAN_NOT_LIVE, "Expected a private plan that was published, but none was%s. "
                    + "Publish the offer: its audience goes with it.", some(hidden)); // A7
        }
        if (sold.isEmpty()) {
            return reject(Reason.NOT_ON_SALE, "Expected a private plan on sale, but none is%s.", some(live)); // A13
        }
        if (changed.isEmpty() && !syncing.isEmpty()) {
            return reject(Reason.NOTHING_TO_SYNC, "Expected a changed audience that is not being synced yet, but there is "
                    + "none%s: a sync takes effect at %s. Ask again after it.", some(syncing),
                    offer.pendingSync(syncing.getFirst()).orElseThrow().effectiveAt()); // A10
        }
        if (changed.isEmpty()) {
            return reject(Reason.NOTHING_TO_SYNC, "Expected a saved audience that differs from the one that counts, but "
                    + "none does%s.", some(sold)); // A5, B30
        }
        if (!firstOfType.isEmpty()) {
            return reject(Reason.FULL_PUBLISH_REQUIRED, "Expected only types of ids that the audience was published with "
                    + "before, but there is a new one%s. Publish the offer, or name the other plans.",
                    some(firstOfType)); // A8, B21
        }
        long revision = offer.facts().revision();
        return accept(syncDelay.isZero() ? new Event.AudienceSynced(changed, revision) // A9, B12
                : new Event.AudienceSyncRequested(changed, revision, now.plus(syncDelay)));
    }

    private static List<String> those(Collection<String> planIds, Predicate<String> which) {
        return planIds.stream().filter(which).toList();
    }

    private static String some(Collection<String> planIds) {
        return planIds.isEmpty() ? "" : " among " + String.join(", ", planIds.stream().limit(5).toList())
                + (planIds.size() > 5 ? " and more" : "");
    }
}
