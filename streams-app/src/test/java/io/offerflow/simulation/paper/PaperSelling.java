package io.offerflow.simulation.paper;

import io.offerflow.domain.Command;
import io.offerflow.domain.PlanState;
import io.offerflow.domain.Reason;
import io.offerflow.domain.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rows O25–O34, P9–P15 and E1–E14: stopping, resuming, and what customers have. */
final class PaperSelling {

    private PaperSelling() {
    }

    /** Something that falls due: a sync of audiences, a plan's stop, or the offer's. */
    record Due(Instant at, Optional<String> planId, Optional<Sheet.Sync> sync) {
    }

    /** The earliest; at one instant syncs, then plans by their ids, then the offer (B43). */
    static Optional<Due> nextDue(Sheet sheet) {
        Optional<Due> first = Optional.empty();
        for (Sheet.Sync sync : sheet.syncs) {
            if (first.isEmpty() || sync.due.isBefore(first.get().at())) {
                first = Optional.of(new Due(sync.due, Optional.empty(), Optional.of(sync)));
            }
        }
        for (Map.Entry<String, Instant> stop : sheet.planStops.entrySet()) {
            if (first.isEmpty() || stop.getValue().isBefore(first.get().at())) {
                first = Optional.of(new Due(stop.getValue(), Optional.of(stop.getKey()), Optional.empty()));
            }
        }
        if (sheet.stopPending.isPresent() && (first.isEmpty() || sheet.stopPending.get().isBefore(first.get().at()))) {
            first = Optional.of(new Due(sheet.stopPending.get(), Optional.empty(), Optional.empty()));
        }
        return first;
    }

    static Verdict stopOffer(Sheet sheet, Command.StopSellingOffer stop, Instant now, PaperPolicy policy) {
        if (sheet.stopDone.isPresent()) {
            return Verdict.no(Reason.ALREADY_STOPPED); // O29, B27
        }
        if (sheet.stopPending.isPresent()) {
            return Verdict.no(Reason.STOP_SELL_PENDING); // O28
        }
        if (!sheet.everLive) {
            return Verdict.no(Reason.NEVER_PUBLISHED); // O27
        }
        if (sheet.run.isPresent() && !sheet.at(Step.PUBLISHER_SIGN_OFF)) {
            return Verdict.no(Reason.PUBLISH_IN_PROGRESS); // O30
        }
        if (!stop.confirmed()) {
            return Verdict.no(Reason.CONFIRMATION_REQUIRED);
        }
        sheet.run = Optional.empty(); // O31
        sheet.stopPending = Optional.of(effect(stop.notBefore(), now, policy)); // O25
        return Verdict.OK;
    }

    static Verdict stopPlan(Sheet sheet, Command.StopSellingPlan stop, Instant now, PaperPolicy policy) {
        if (!sheet.plans.containsKey(stop.planId())) {
            return Verdict.no(Reason.PLAN_NOT_FOUND);
        }
        if (sheet.run.isPresent()) {
            return Verdict.no(Reason.PUBLISH_IN_PROGRESS); // P16, B28
        }
        PlanState state = sheet.planState(stop.planId());
        if (state == PlanState.DRAFT) {
            return Verdict.no(Reason.NEVER_PUBLISHED); // P11
        }
        if (state == PlanState.NOT_SOLD) {
            return Verdict.no(Reason.ALREADY_STOPPED); // P12
        }
        if (state == PlanState.STOP_SELL_PENDING || sheet.stopPending.isPresent()) {
            return Verdict.no(Reason.STOP_SELL_PENDING); // P12, B10
        }
        boolean another = sheet.plans.keySet().stream().anyMatch(other -> !other.equals(stop.planId())
                && sheet.planState(other) == PlanState.LIVE);
        if (!another) {
            return Verdict.no(Reason.LAST_PLAN); // P9, D7
        }
        if (!stop.confirmed()) {
            return Verdict.no(Reason.CONFIRMATION_REQUIRED);
        }
        sheet.planStops.put(stop.planId(), effect(stop.notBefore(), now, policy));
        return Verdict.OK;
    }

    /** B46. */
    private static Instant effect(Optional<Instant> notBefore, Instant now, PaperPolicy policy) {
        Instant soonest = now.plus(policy.stopSellDelay());
        return notBefore.filter(soonest::isBefore).orElse(soonest);
    }

    static Verdict resume(Sheet sheet, Command.ResumeSelling resume) {
        if (resume.planId().isEmpty()) {
            boolean pending = sheet.stopPending.isPresent();
            sheet.stopPending = Optional.empty(); // O34
            return pending ? Verdict.OK : Verdict.no(Reason.NO_STOP_SELL_PENDING);
        }
        if (!sheet.plans.containsKey(resume.planId().get())) {
            return Verdict.no(Reason.PLAN_NOT_FOUND);
        }
        return sheet.planStops.remove(resume.planId().get()) == null // B37
                ? Verdict.no(Reason.NO_STOP_SELL_PENDING) : Verdict.OK;
    }

    /** P10: from now on this plan is not sold; everybody who has it keeps what is live now (D11). */
    static void planStopped(Sheet sheet, String planId) {
        sheet.planStops.remove(planId);
        sheet.stoppedAlone.put(planId, true);
        freeze(sheet, planId);
        Optional.ofNullable(sheet.plans.get(planId)).ifPresent(plan -> plan.mark = Optional.empty()); // D39, B8
        sheet.run.map(run -> run.snapshot.plans.get(planId)).ifPresent(plan -> plan.mark = Optional.empty()); // B5
    }

    /** O26, P15: nothing is sold any more; what was pending for single plans has happened with it (B9). */
    static void offerStopped(Sheet sheet, Instant at) {
        for (String planId : new ArrayList<>(sheet.planStops.keySet())) {
            planStopped(sheet, planId);
        }
        for (String planId : sheet.stoppedAlone.keySet()) {
            freeze(sheet, planId);
        }
        sheet.stopPending = Optional.empty();
        sheet.stopDone = Optional.of(at);
        sheet.unresolvedFailure = false;
    }

    /** E5, E10: one customer after the other. */
    private static void freeze(Sheet sheet, String planId) {
        for (Sheet.Holding holding : sheet.customers.getOrDefault(planId, Map.of()).values()) {
            if (holding.state == Sheet.Holding.State.ACTIVE) {
                holding.state = Sheet.Holding.State.FROZEN;
                holding.frozenAt = sheet.liveVersion;
            }
        }
    }

    static Verdict acquire(Sheet sheet, Command.AcquirePlan acquire, Instant now) {
        if (!sheet.available(acquire.planId())) {
            return Verdict.no(Reason.NOT_AVAILABLE); // E2, B19, B3
        }
        Sheet.Plan sold = sheet.live.orElseThrow().plans.get(acquire.planId());
        if (sold.isPrivate() && !sold.audience.members.containsKey(acquire.customerId())) {
            return Verdict.no(Reason.NOT_IN_AUDIENCE); // A14, B15
        }
        Map<String, Sheet.Holding> holders =
                sheet.customers.computeIfAbsent(acquire.planId(), unseen -> new TreeMap<>());
        Sheet.Holding had = holders.get(acquire.customerId());
        if (had == null || had.state != Sheet.Holding.State.ACTIVE) {
            holders.put(acquire.customerId(), new Sheet.Holding(now)); // E1, E3, E8, B16
        }
        return Verdict.version(sheet.liveVersion);
    }

    static Verdict download(Sheet sheet, Command.DownloadOffer download, PaperPolicy policy) {
        Sheet.Holding has = sheet.customers.getOrDefault(download.planId(), Map.of()).get(download.customerId());
        if (has == null) {
            return Verdict.no(Reason.NOT_ENTITLED); // B33
        }
        return switch (has.state) {
            case ACTIVE -> Verdict.version(sheet.liveVersion); // E4, E9
            case FROZEN -> policy.redownloadAfterStop() ? Verdict.version(has.frozenAt) // E6, E7
                    : Verdict.no(Reason.NOT_AVAILABLE); // B33
            case REVOKED -> Verdict.no(Reason.ENTITLEMENT_REVOKED); // E14
        };
    }

    /** D32: from everybody, one after the other. */
    static void revoke(Sheet sheet) {
        List<Sheet.Holding> all = sheet.customers.values().stream().flatMap(held -> held.values().stream()).toList();
        for (Sheet.Holding holding : all) {
            holding.state = Sheet.Holding.State.REVOKED;
        }
    }
}
