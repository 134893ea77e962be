package io.offerflow.simulation.model;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.OfferType;
import io.offerflow.domain.model.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Rows A1–A14: private audiences as lists that are copied to where they count. */
final class ModelAudiences {

    /** What was sent of an import so far. */
    static final class Staged {
        final String importId;
        final int chunks;
        final int total;
        int next;
        final List<Command.AudienceRow> rows = new ArrayList<>();

        Staged(Command.ImportAudience first) {
            importId = first.importId();
            chunks = first.chunks();
            total = first.total();
        }

        Staged copy() {
            Staged copy = new Staged(new Command.ImportAudience("", importId, 0, chunks, total, Optional.empty(),
                    List.of(), true));
            copy.next = next;
            copy.rows.addAll(rows);
            return copy;
        }
    }

    private ModelAudiences() {
    }

    static Verdict add(ModelState state, Command.AddAudienceId add, ModelPolicy policy) {
        ModelState.Plan plan = state.plans.get(add.planId());
        if (plan == null) {
            return Verdict.no(Reason.PLAN_NOT_FOUND);
        }
        if (!valid(state, add.id(), add.type())) {
            return Verdict.no(Reason.INVALID_AUDIENCE_ID); // V20, V23
        }
        if (!isPrivate(state, add.planId())) {
            return Verdict.no(Reason.PLAN_NOT_PRIVATE); // B20
        }
        if (plan.audience.byHand.size() >= policy.audienceByHand()
                || plan.audience.of(add.type()) >= most(add.type(), policy)) {
            return Verdict.no(Reason.AUDIENCE_LIMIT); // V21, B22, B61
        }
        if (plan.audience.members.containsKey(add.id())) {
            return Verdict.no(Reason.DUPLICATE_ID);
        }
        plan.audience.members.put(add.id(), add.type()); // A1
        plan.syncFailed = false;
        plan.audience.byHand.add(add.id());
        state.draftVersion++;
        return Verdict.OK;
    }

    static Verdict remove(ModelState state, Command.RemoveAudienceId remove) {
        ModelState.Plan plan = state.plans.get(remove.planId());
        if (plan == null) {
            return Verdict.no(Reason.PLAN_NOT_FOUND);
        }
        if (!isPrivate(state, remove.planId())) {
            return Verdict.no(Reason.PLAN_NOT_PRIVATE);
        }
        if (!plan.audience.members.containsKey(remove.id())) {
            return Verdict.no(Reason.NOT_FOUND);
        }
        if (plan.audience.members.size() == 1) {
            return Verdict.no(Reason.AUDIENCE_EMPTY); // A3
        }
        plan.audience.members.remove(remove.id());
        plan.audience.byHand.remove(remove.id());
        plan.syncFailed = false;
        state.draftVersion++;
        return Verdict.OK;
    }

    /** A2, B34: all or nothing; a refusal drops what was sent before. */
    static Verdict take(ModelState state, Command.ImportAudience chunk, ModelPolicy policy) {
        ModelState.Plan plan = state.plans.get(chunk.planId());
        if (plan == null) {
            return Verdict.no(Reason.PLAN_NOT_FOUND);
        }
        Optional<Staged> staged = chunk.index() == 0 ? Optional.of(new Staged(chunk)) : plan.staged
                .filter(open -> open.importId.equals(chunk.importId()));
        Set<String> seen = new HashSet<>();
        staged.ifPresent(open -> open.rows.forEach(row -> seen.add(row.id())));
        if (!chunk.rows().stream().allMatch(row -> valid(state, row.id(), row.type()) && seen.add(row.id()))) {
            return Verdict.no(Reason.CSV_INVALID);
        }
        if (!isPrivate(state, chunk.planId())) {
            return Verdict.no(Reason.PLAN_NOT_PRIVATE);
        }
        if (staged.isEmpty() || staged.get().next != chunk.index() || staged.get().chunks != chunk.chunks()
                || staged.get().total != chunk.total()) {
            return Verdict.no(Reason.IMPORT_INCOMPLETE);
        }
        List<Command.AudienceRow> rows = new ArrayList<>(staged.get().rows);
        rows.addAll(chunk.rows());
        boolean last = chunk.index() + 1 == chunk.chunks();
        if (last ? rows.size() != chunk.total() : rows.size() > chunk.total()) {
            return Verdict.no(Reason.IMPORT_INCOMPLETE);
        }
        for (String type : List.of("TENANT", "SUBSCRIPTION")) {
            if (rows.stream().filter(row -> row.type().equals(type)).count() > most(type, policy)) {
                return Verdict.no(Reason.AUDIENCE_LIMIT);
            }
        }
        if (!chunk.confirmed()) {
            return Verdict.no(Reason.CONFIRMATION_REQUIRED); // B38
        }
        Staged kept = staged.get();
        kept.rows.addAll(chunk.rows());
        kept.next++;
        plan.staged = last ? Optional.empty() : Optional.of(kept);
        if (last) {
            Audience list = new Audience();
            rows.forEach(row -> list.members.put(row.id(), row.type()));
            if (!list.members.equals(plan.audience.members)) { // B72
                plan.audience = list;
                plan.syncFailed = false;
                state.draftVersion++;
            }
        }
        return Verdict.OK;
    }

    /** B34: the one change that a refusal makes. */
    static void drop(ModelState state, String planId) {
        Optional.ofNullable(state.plans.get(planId)).ifPresent(plan -> plan.staged = Optional.empty());
    }

    /** A4–A13, in the order of B31. */
    static Verdict sync(ModelState state, Command.SyncPrivateAudience sync, Instant now, ModelPolicy policy,
            List<Reply.Notice> notices) {
        if (!state.plans.keySet().containsAll(sync.planIds())) {
            return Verdict.no(Reason.PLAN_NOT_FOUND);
        }
        Set<String> asked = new TreeSet<>(sync.planIds().isEmpty() ? state.plans.keySet() : sync.planIds());
        asked.removeIf(planId -> state.stoppedAlone.containsKey(planId) ? !live(state, planId).isPrivate()
                : !state.plans.get(planId).isPrivate());
        if (asked.isEmpty()) {
            return Verdict.no(Reason.NO_PRIVATE_PLAN); // A6
        }
        asked.removeIf(planId -> !state.stoppedAlone.containsKey(planId));
        if (asked.isEmpty()) {
            return Verdict.no(Reason.PLAN_NOT_LIVE); // A7
        }
        asked.removeIf(planId -> !state.available(planId));
        if (asked.isEmpty()) {
            return Verdict.no(Reason.NOT_ON_SALE); // A13
        }
        asked.removeIf(planId -> state.syncOf(planId).isPresent()); // A4 asks for CHANGED, not for SYNCING
        asked.removeIf(planId -> live(state, planId).audience.members.equals(state.plans.get(planId).audience.members));
        if (asked.isEmpty()) {
            return Verdict.no(Reason.NOTHING_TO_SYNC); // A5, B30
        }
        for (String planId : asked) {
            Set<String> known = state.idTypes.getOrDefault(planId, Set.of());
            if (!known.containsAll(state.plans.get(planId).audience.members.values())) {
                return Verdict.no(Reason.FULL_PUBLISH_REQUIRED); // A8, B21
            }
        }
        ModelState.Sync begun = new ModelState.Sync(now.plus(policy.audienceSyncDelay()), state.submissions);
        for (String planId : asked) {
            begun.saved.put(planId, state.plans.get(planId).audience.copy()); // B12: what is saved at the request
            state.plans.get(planId).syncFailed = false;
        }
        if (policy.audienceSyncDelay().isZero()) {
            syncDone(state, begun, now, notices); // B12: one atomic step
        } else {
            state.syncs.add(begun);
        }
        return Verdict.OK;
    }

    /** A9, A11: plans that are no longer on sale are left out, and later submissions are not patched (B12). */
    static void syncDone(ModelState state, ModelState.Sync sync, Instant at, List<Reply.Notice> notices) {
        state.syncs.remove(sync);
        Set<String> synced = new TreeSet<>(sync.saved.keySet());
        synced.removeIf(planId -> !state.available(planId));
        for (String planId : synced) {
            Audience saved = sync.saved.get(planId);
            state.live.filter(live -> live.submission <= sync.submissions).map(live -> live.plans.get(planId))
                    .ifPresent(live -> live.audience = saved.copy());
            state.run.map(run -> run.snapshot).filter(submitted -> submitted.submission <= sync.submissions)
                    .map(submitted -> submitted.plans.get(planId))
                    .ifPresent(submitted -> submitted.audience = saved.copy()); // A12, D26
            published(state, planId, saved);
        }
        if (synced.isEmpty()) {
            sync.saved.keySet().stream().filter(state.plans::containsKey)
                    .forEach(planId -> state.plans.get(planId).syncFailed = true);
            notices.add(new Reply.Notice("AUDIENCE_SYNC_FAILED", String.join(" ", sync.saved.keySet()), at)); // N10
        } else {
            notices.add(new Reply.Notice("AUDIENCE_SYNCED", String.join(" ", synced), at)); // N10, B47
        }
    }

    /** B21: types of ids that were ever in a published audience of the plan. */
    static void published(ModelState state, String planId, Audience audience) {
        state.idTypes.computeIfAbsent(planId, unseen -> new TreeSet<>()).addAll(audience.members.values());
    }

    private static boolean isPrivate(ModelState state, String planId) {
        boolean live = state.stoppedAlone.containsKey(planId) && live(state, planId).isPrivate();
        return live || state.plans.get(planId).isPrivate();
    }

    private static ModelState.Plan live(ModelState state, String planId) {
        Map<String, ModelState.Plan> plans = state.live.orElseThrow().plans;
        return plans.get(planId);
    }

    private static boolean valid(ModelState state, String id, String type) {
        boolean fits = state.type == OfferType.VIRTUAL_MACHINE
                || type.equals(state.type == OfferType.SAAS ? "TENANT" : "SUBSCRIPTION");
        return fits && id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    private static int most(String type, ModelPolicy policy) {
        return type.equals("TENANT") ? policy.tenants() : policy.subscriptions();
    }
}
