package io.offerflow.simulation.model;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.PlanState;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rows O25–O34, P9–P15 and E1–E14: stopping, resuming, and what customers have. */
final class ModelSelling {

    private ModelSelling() {
    }

    /** Something that falls due: a sync of audiences, a plan's stop, or the offer's. */
    record Due(Instant at, Optional<String> planId, Optional<ModelState.Sync> sync) {
    }

    /** The earliest; at one instant syncs, then plans by their ids, then the offer (B43). */
    static Optional<Due> nextDue(ModelState state) {
        Optional<Due> first = Optional.empty();
        for (ModelState.Sync sync : state.syncs) {
            if (first.isEmpty() || sync.due.isBefore(first.get().at())) {
                first = Optional.of(new Due(sync.due, Optional.empty(), Optional.of(sync)));
            }
        }
        for (Map.Entry<String, Instant> stop : state.planStops.entrySet()) {
            if (first.isEmpty() || stop.getValue().isBefore(first.get().at())) {
                first = Optional.of(new Due(stop.getValue(), Optional.of(stop.getKey()), Optional.empty()));
            }
        }
        if (state.stopPending.isPresent() && (first.isEmpty() || state.stopPending.get().isBefore(first.get().at()))) {
            first = Optional.of(new Due(state.stopPending.get(), Optional.empty(), Optional.empty()));
        }
        return first;
    }

    static Verdict stopOffer(ModelState state, Command.StopSellingOffer stop, Instant now, ModelPolicy policy) {
        if (state.stopDone.isPresent()) {
            return Verdict.no(Reason.ALREADY_STOPPED); // O29, B27
        }
        if (state.stopPending.isPresent()) {
            return Verdict.no(Reason.STOP_SELL_PENDING); // O28
        }
        if (!state.everLive) {
            return Verdict.no(Reason.NEVER_PUBLISHED); // O27
        }
        if (state.run.isPresent() && !state.at(PublishStep.PUBLISHER_SIGN_OFF)) {
            return Verdict.no(Reason.PUBLISH_IN_PROGRESS); // O30
        }
        if (!stop.confirmed()) {
            return Verdict.no(Reason.CONFIRMATION_REQUIRED);
        }
        state.run = Optional.empty(); // O31
        state.stopPending = Optional.of(effect(stop.notBefore(), now, policy)); // O25
        return Verdict.OK;
    }

    static Verdict stopPlan(ModelState state, Command.StopSellingPlan stop, Instant now, ModelPolicy policy) {
        if (!state.plans.containsKey(stop.planId())) {
            return Verdict.no(Reason.PLAN_NOT_FOUND);
        }
        if (state.run.isPresent()) {
            return Verdict.no(Reason.PUBLISH_IN_PROGRESS); // P16, B28
        }
        PlanState current = state.planState(stop.planId());
        if (current == PlanState.DRAFT) {
            return Verdict.no(Reason.NEVER_PUBLISHED); // P11
        }
        if (current == PlanState.NOT_SOLD) {
            return Verdict.no(Reason.ALREADY_STOPPED); // P12
        }
        if (current == PlanState.STOP_SELL_PENDING || state.stopPending.isPresent()) {
            return Verdict.no(Reason.STOP_SELL_PENDING); // P12, B10
        }
        boolean another = state.plans.keySet().stream().anyMatch(other -> !other.equals(stop.planId())
                && state.planState(other) == PlanState.LIVE);
        if (!another) {
            return Verdict.no(Reason.LAST_PLAN); // P9, D7
        }
        if (!stop.confirmed()) {
            return Verdict.no(Reason.CONFIRMATION_REQUIRED);
        }
        state.planStops.put(stop.planId(), effect(stop.notBefore(), now, policy));
        return Verdict.OK;
    }

    /** B46. */
    private static Instant effect(Optional<Instant> notBefore, Instant now, ModelPolicy policy) {
        Instant soonest = now.plus(policy.stopSellDelay());
        return notBefore.filter(soonest::isBefore).orElse(soonest);
    }

    static Verdict resume(ModelState state, Command.ResumeSelling resume) {
        if (resume.planId().isEmpty()) {
            boolean pending = state.stopPending.isPresent();
            state.stopPending = Optional.empty(); // O34
            return pending ? Verdict.OK : Verdict.no(Reason.NO_STOP_SELL_PENDING);
        }
        if (!state.plans.containsKey(resume.planId().get())) {
            return Verdict.no(Reason.PLAN_NOT_FOUND);
        }
        return state.planStops.remove(resume.planId().get()) == null // B37
                ? Verdict.no(Reason.NO_STOP_SELL_PENDING) : Verdict.OK;
    }

    /** P10: from now on this plan is not sold; its customers keep what is live now (D11). */
    static void planStopped(ModelState state, String planId) {
        state.planStops.remove(planId);
        state.stoppedAlone.put(planId, true);
        freeze(state, planId);
        Optional.ofNullable(state.plans.get(planId)).ifPresent(plan -> plan.mark = Optional.empty()); // D39, B8
        state.run.map(run -> run.snapshot.plans.get(planId)).ifPresent(plan -> plan.mark = Optional.empty()); // B5
    }

    /** O26, P15: nothing is sold any more; what was pending for single plans has happened with it (B9). */
    static void offerStopped(ModelState state, Instant at) {
        for (String planId : new ArrayList<>(state.planStops.keySet())) {
            planStopped(state, planId);
        }
        for (String planId : state.stoppedAlone.keySet()) {
            freeze(state, planId);
        }
        state.plans.values().forEach(plan -> plan.mark = Optional.empty()); // B68
        state.stopPending = Optional.empty();
        state.stopDone = Optional.of(at);
        state.unresolvedFailure = false;
    }

    /** E5, E10: one customer after the other. */
    private static void freeze(ModelState state, String planId) {
        for (ModelState.Holding holding : state.customers.getOrDefault(planId, Map.of()).values()) {
            if (holding.state == ModelState.Holding.State.ACTIVE) {
                holding.state = ModelState.Holding.State.FROZEN;
                holding.frozenAt = state.liveVersion;
            }
        }
    }

    static Verdict acquire(ModelState state, Command.AcquirePlan acquire, Instant now) {
        if (!state.available(acquire.planId())) {
            return Verdict.no(Reason.NOT_AVAILABLE); // E2, B19, B3
        }
        ModelState.Plan sold = state.live.orElseThrow().plans.get(acquire.planId());
        if (sold.isPrivate() && !sold.audience.members.containsKey(acquire.customerId())) {
            return Verdict.no(Reason.NOT_IN_AUDIENCE); // A14, B15
        }
        Map<String, ModelState.Holding> holders =
                state.customers.computeIfAbsent(acquire.planId(), unseen -> new TreeMap<>());
        ModelState.Holding had = holders.get(acquire.customerId());
        if (had == null || had.state != ModelState.Holding.State.ACTIVE) {
            holders.put(acquire.customerId(), new ModelState.Holding(now)); // E1, E3, E8, B16
        }
        return Verdict.version(state.liveVersion);
    }

    static Verdict download(ModelState state, Command.DownloadOffer download, ModelPolicy policy) {
        ModelState.Holding has = state.customers.getOrDefault(download.planId(), Map.of()).get(download.customerId());
        if (has == null) {
            return Verdict.no(Reason.NOT_ENTITLED); // B33
        }
        return switch (has.state) {
            case ACTIVE -> Verdict.version(state.liveVersion); // E4, E9
            case FROZEN -> policy.redownloadAfterStop() ? Verdict.version(has.frozenAt) // E6, E7
                    : Verdict.no(Reason.NOT_AVAILABLE); // B33
            case REVOKED -> Verdict.no(Reason.ENTITLEMENT_REVOKED); // E14
        };
    }

    /** D32: from all customers, one after the other. */
    static void revoke(ModelState state) {
        List<ModelState.Holding> all = state.customers.values().stream()
                .flatMap(held -> held.values().stream()).toList();
        for (ModelState.Holding holding : all) {
            holding.state = ModelState.Holding.State.REVOKED;
        }
    }
}
