package io.offerflow.domain.state;

import io.offerflow.domain.model.AudienceType;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.state.row.AudienceIndexRow;
import io.offerflow.domain.state.row.AudienceMemberRow;
import io.offerflow.domain.state.row.AudienceRevision;
import io.offerflow.domain.state.row.CleanupCursor;
import io.offerflow.domain.state.row.MembershipInterval;
import io.offerflow.domain.state.row.PendingImport;
import io.offerflow.domain.state.row.PendingSync;
import io.offerflow.domain.state.row.PlanAudience;
import io.offerflow.domain.state.row.PlanSummary;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Applies changes of private audiences; the evolving half of {@code AudienceRules} and {@code AudienceImportRules}.
 * Members are rows: adding and removing write one of them, a sync and a publish write none. Obsolete rows are deleted
 * in bounded batches, by every entry that changes the header row.
 */
final class AudienceEvolver {

    /** Maximum rows that one entry looks at for the cleanup. */
    static final int CLEANUP_BATCH = 500;

    private AudienceEvolver() {
    }

    /** A1: an id was added by hand. */
    static OfferState added(OfferState state, Event.AudienceIdAdded added) {
        PlanAudience audience = state.audience(added.planId());
        PlanAudience then = kept(state, added.planId(),
                audience.saved(audience.saved().orElse(AudienceRevision.begin(added.generation()))
                .changed(added.revision(), added.type(), added.id(), 1, 1)));
        RowKey.AudienceMemberKey key = new RowKey.AudienceMemberKey(added.planId(), added.generation(), added.id());
        List<MembershipInterval> intervals = new ArrayList<>(state.rows().read(key, AudienceMemberRow.class)
                .map(member -> seen(then, key, member.intervals())).orElse(List.of()));
        intervals.add(new MembershipInterval(added.revision(), Optional.empty(), true));
        return settled(revised(with(state, added.planId(), then, state.rows().put(key,
                new AudienceMemberRow(added.type(), added.label(), List.copyOf(intervals)))), added.revision()));
    }

    /** A3: an id was removed. */
    static OfferState removed(OfferState state, Event.AudienceIdRemoved removed) {
        PlanAudience audience = state.audience(removed.planId());
        RowKey.AudienceMemberKey key =
                new RowKey.AudienceMemberKey(removed.planId(), removed.generation(), removed.id());
        Optional<AudienceMemberRow> member = state.rows().read(key, AudienceMemberRow.class);
        if (audience.saved().isEmpty() || member.isEmpty()) {
            return state;
        }
        MembershipInterval last = member.get().intervals().getLast();
        AudienceRevision revision =
                audience.saved().get().changed(removed.revision(), member.get().type(), removed.id(), -1,
                last.byHand() ? -1 : 0);
        List<MembershipInterval> ended = new ArrayList<>(member.get().intervals());
        ended.set(ended.size() - 1,
                new MembershipInterval(last.from(), Optional.of(removed.revision()), last.byHand()));
        List<MembershipInterval> intervals = seen(kept(state, removed.planId(), audience.saved(revision)), key, ended);
        StateRows rows = intervals.isEmpty() ? state.rows().delete(key) : state.rows().put(key,
                new AudienceMemberRow(member.get().type(), member.get().label(), intervals));
        PlanAudience then = audience.saved(intervals.isEmpty() ? revision : revision.withRemovedRowKept());
        return settled(revised(with(state, removed.planId(), then, rows), removed.revision()));
    }

    /** A2, B34: the rows of a chunk are stored in a new generation that no audience refers to yet. */
    static OfferState staged(OfferState state, Event.AudienceChunkStaged chunk) {
        PlanAudience audience = state.audience(chunk.planId());
        Optional<PendingImport> before = chunk.index() == 0 ? Optional.of(new PendingImport(chunk.importId(), 0,
                chunk.chunks(), chunk.total(), chunk.generation(), 0, 0, 0))
                : audience.staged().filter(pending -> pending.generation() == chunk.generation());
        if (before.isEmpty()) {
            return state;
        }
        PendingImport pending = before.get().withNextChunk();
        Map<RowKey, StateRow> members = new LinkedHashMap<>();
        for (Command.AudienceRow row : chunk.rows()) {
            AudienceType type = AudienceType.valueOf(row.type());
            pending = pending.with(type, row.id());
            members.put(new RowKey.AudienceMemberKey(chunk.planId(), chunk.generation(), row.id()),
                    new AudienceMemberRow(type, row.label(),
                            List.of(new MembershipInterval(0, Optional.empty(), false))));
        }
        return settled(with(state, chunk.planId(), audience.staged(Optional.of(pending)),
                state.rows().putAll(members)));
    }

    /** A2, D29: the staged generation replaces the saved audience. */
    static OfferState imported(OfferState state, Event.AudienceImported imported) {
        PlanAudience audience = state.audience(imported.planId());
        return audience.staged().filter(pending -> pending.generation() == imported.generation())
                .map(pending -> settled(revised(with(state, imported.planId(), audience.staged(Optional.empty())
                        .saved(pending.toRevision(imported.revision())), state.rows()), imported.revision())))
                        .orElse(state);
    }

    /** B34: the staged chunks of an import are dropped. */
    static OfferState dropped(OfferState state, String planId) {
        PlanAudience audience = state.audience(planId);
        return audience.staged().isEmpty() ? state
                : settled(with(state, planId, audience.staged(Optional.empty()), state.rows()));
    }

    /** A9, S35: one number per plan, and nothing else. */
    static OfferState synced(OfferState state, Event.AudienceSynced synced) {
        OfferState next = withoutSync(state, synced.planIds());
        for (String planId : synced.planIds()) {
            next = with(next, planId, next.audience(planId).synced(synced.revision()), next.rows());
        }
        return settled(next);
    }

    /** A4, B12: the audiences at this revision will count later; their rows are kept until then. */
    static OfferState syncRequested(OfferState state, Event.AudienceSyncRequested requested) {
        OfferState next = state;
        for (String planId : requested.planIds()) {
            next = with(next, planId, next.audience(planId).failed(false), next.rows());
        }
        AudienceIndexRow all = next.audiences();
        List<PendingSync> syncs = new ArrayList<>(all.syncs());
        syncs.add(new PendingSync(requested.revision(), requested.effectiveAt(), requested.planIds()));
        return settled(written(next, new AudienceIndexRow(all.plans(), all.cleanups(), syncs)));
    }

    /** A11: the published audiences stay; the remaining plans show the failure until the next save. */
    static OfferState syncFailed(OfferState state, Event.AudienceSyncFailed failed) {
        OfferState next = withoutSync(state, failed.planIds());
        for (String planId : failed.planIds()) {
            next = next.savedAudience(planId).isEmpty() ? next
                    : with(next, planId, next.audience(planId).failed(true), next.rows());
        }
        return settled(next);
    }

    private static OfferState withoutSync(OfferState state, List<String> planIds) {
        AudienceIndexRow all = state.audiences();
        List<PendingSync> left = all.syncs().stream()
                .filter(sync -> sync.planIds().stream().noneMatch(planIds::contains)).toList();
        return left.size() == all.syncs().size() ? state
                : written(state, new AudienceIndexRow(all.plans(), all.cleanups(), left));
    }

    /** A full publish also publishes the saved audiences, and the types of their ids (A8, B21). */
    static OfferState published(OfferState live) {
        long number = live.header().live().map(LiveVersion::revision).orElse(0L);
        OfferState next = live;
        for (Map.Entry<String, PlanSummary> plan : live.audiences().plans().isEmpty()
                ? List.<Map.Entry<String, PlanSummary>>of() : live.livePlans().plans().entrySet()) {
            PlanAudience audience = next.audience(plan.getKey());
            Optional<AudienceRevision> seen = audience.at(number).filter(revision -> plan.getValue().isPrivate());
            if (seen.isPresent()) {
                next = with(next, plan.getKey(), audience.published(seen.get().types()), next.rows());
            }
        }
        return next;
    }

    /** A plan was deleted, and its audience with it. */
    static OfferState withoutPlan(OfferState state, String planId) {
        return state.audiences().plans().containsKey(planId)
                ? settled(with(state, planId, state.audience(planId).emptied(), state.rows())) : state;
    }

    /** Drops the audience revisions that no number resolves to any more, and updates the summary in the header. */
    static OfferState settled(OfferState state) {
        if (!state.header().audience().any()) {
            return state;
        }
        AudienceIndexRow all = state.audiences();
        OfferState next = state.header().exists() || all.syncs().isEmpty() ? state
                : written(state, new AudienceIndexRow(all.plans(), all.cleanups(), List.of()));
        for (Map.Entry<String, PlanAudience> plan : all.plans().entrySet()) {
            PlanAudience then = next.header().exists() ? kept(next, plan.getKey(), plan.getValue())
                    : plan.getValue().emptied();
            next = then.equals(plan.getValue()) ? next : with(next, plan.getKey(), then, next.rows());
        }
        OfferState settled = next;
        boolean changed = settled.audiences().plans().keySet().stream().anyMatch(settled::audienceChanged);
        return new OfferState(state.key(), settled.header().change(to -> to.audience = new AudienceSummary(
                to.audience.any(), changed, to.audience.leftovers(), to.audience.syncDue())), settled.rows());
    }

    /** Looks at one batch of rows that may be obsolete, and deletes those that are. */
    static OfferState cleanedUp(OfferState state) {
        AudienceIndexRow audiences = state.audiences();
        if (audiences.cleanups().isEmpty()) {
            return state;
        }
        CleanupCursor cursor = audiences.cleanups().getFirst();
        PlanAudience audience = state.audience(cursor.planId());
        List<String> ids = state.rows().members(cursor.planId(), cursor.generation(), cursor.after(), CLEANUP_BATCH);
        List<RowKey.AudienceMemberKey> obsolete = ids.stream()
                .map(id -> new RowKey.AudienceMemberKey(cursor.planId(), cursor.generation(), id))
                .filter(key -> state.rows().read(key, AudienceMemberRow.class)
                        .filter(member -> !seen(audience, key, member.intervals()).isEmpty()).isEmpty()).toList();
        List<CleanupCursor> left = new ArrayList<>(audiences.cleanups());
        left.removeFirst();
        if (ids.size() == CLEANUP_BATCH) {
            left.addFirst(new CleanupCursor(cursor.planId(), cursor.generation(), ids.getLast()));
        }
        return written(new OfferState(state.key(), state.header(), state.rows().deleteAll(obsolete)),
                new AudienceIndexRow(audiences.plans(), left, audiences.syncs()));
    }

    /** Whether a change of the header changes which audience revisions are referred to. */
    static boolean needsSettling(OfferHeader before, OfferHeader after) {
        return after.audience().any() && !(before.exists() == after.exists() && before.live().equals(after.live())
                && before.activeRun().map(PublishingRun::revision)
                        .equals(after.activeRun().map(PublishingRun::revision))
                && Optional.ofNullable(before.sections().get(SectionId.PLAN_OVERVIEW))
                        .equals(Optional.ofNullable(after.sections().get(SectionId.PLAN_OVERVIEW))));
    }

    /** The draft versions that audiences are resolved for: draft, run and live version. */
    private static List<Long> numbers(OfferHeader header) {
        return Stream.of(Stream.of(Long.MAX_VALUE), header.activeRun().map(PublishingRun::revision).stream(),
                header.live().map(LiveVersion::revision).stream()).flatMap(number -> number).toList();
    }

    private static PlanAudience kept(OfferState state, String planId, PlanAudience audience) {
        List<Long> numbers = new ArrayList<>(numbers(state.header()));
        // B12: the audience at the time of the request
        state.pendingSync(planId).ifPresent(sync -> numbers.add(sync.revision()));
        return audience.keep(numbers);
    }

    private static List<MembershipInterval> seen(PlanAudience audience, RowKey.AudienceMemberKey key,
            List<MembershipInterval> intervals) {
        return intervals.stream().filter(interval -> audience.refersTo(key.generation(), interval)).toList();
    }

    private static OfferState revised(OfferState state, long revision) {
        return new OfferState(state.key(), state.header().change(to -> to.revision = revision), state.rows());
    }

    /** Replaces the audience of a plan; generations that it refers to less than before are queued for the cleanup. */
    private static OfferState with(OfferState state, String planId, PlanAudience then, StateRows rows) {
        PlanAudience before = state.audience(planId);
        SortedMap<String, PlanAudience> plans = new TreeMap<>(state.audiences().plans());
        plans.put(planId, then);
        List<CleanupCursor> cleanups = new ArrayList<>(state.audiences().cleanups());
        for (long generation : before.generationsToCleanUp(then)) {
            cleanups.removeIf(cursor -> cursor.planId().equals(planId) && cursor.generation() == generation);
            cleanups.add(new CleanupCursor(planId, generation, ""));
        }
        return written(new OfferState(state.key(), state.header(), rows), new AudienceIndexRow(plans, cleanups,
                state.audiences().syncs()));
    }

    private static OfferState written(OfferState state, AudienceIndexRow audiences) {
        SortedMap<String, PlanAudience> plans = new TreeMap<>(audiences.plans());
        plans.entrySet().removeIf(plan -> plan.getValue().isEmpty()
                && audiences.cleanups().stream().noneMatch(cursor -> cursor.planId().equals(plan.getKey())));
        RowKey.AudienceIndexKey key = new RowKey.AudienceIndexKey();
        boolean any = !plans.isEmpty() || !audiences.syncs().isEmpty();
        return new OfferState(state.key(), state.header().change(to -> to.audience = new AudienceSummary(any,
                to.audience.changed() && !plans.isEmpty(), !audiences.cleanups().isEmpty(), audiences.syncs().stream()
                        .map(PendingSync::effectiveAt).min(Comparator.naturalOrder()))),
                any ? state.rows().put(key, new AudienceIndexRow(plans, audiences.cleanups(), audiences.syncs()))
                        : state.rows().delete(key));
    }
}
