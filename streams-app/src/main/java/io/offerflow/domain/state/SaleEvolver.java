package io.offerflow.domain.state;

import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.RelistIntent;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.state.row.CustomerRow;
import io.offerflow.domain.state.row.EndedEpochRow;
import io.offerflow.domain.state.row.EntitlementStamp;
import io.offerflow.domain.state.row.PlanOverviewRow;
import io.offerflow.domain.state.row.PlanSale;
import io.offerflow.domain.state.row.PlanSalesRow;
import io.offerflow.domain.state.row.PlanSummary;
import io.offerflow.domain.state.row.RowKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * Applies going live and stops to the sale of an offer and its plans; the evolving half of {@code StopSellRules},
 * {@code PublishRules} and {@code EntitlementRules}. Sale epochs are numbered; the end of one records its version once,
 * and no row of a customer is written.
 */
final class SaleEvolver {

    private SaleEvolver() {
    }

    /** O19, P3, P13, P14: the submission and its plans are on sale from now on (D33, D36). */
    static OfferState wentLive(OfferState state, LiveVersion live, long version) {
        OfferHeader before = state.header();
        PlanOverviewRow snapshot = state.sellsPlans(live.revision()) ? state.plansAt(live.revision())
                : PlanOverviewRow.NONE;
        PlanSalesRow sales = state.sales();
        StateRows rows = state.rows();
        for (Map.Entry<String, PlanSummary> plan : snapshot.plans().entrySet()) {
            PlanSale old = sales.plans().get(plan.getKey());
            PlanSale now = sale(Optional.ofNullable(old), plan.getValue(), before.stopped(), live.revision());
            if (old != null && old.sold() && !now.sold()) {
                rows = rows.put(new RowKey.EndedEpochKey(Optional.of(plan.getKey()), old.epoch()),
                        new EndedEpochRow(before.liveVersion()));
            }
            sales = sales.with(plan.getKey(), now);
        }
        rows = sales.plans().isEmpty() ? rows : rows.put(new RowKey.PlanSalesKey(), sales);
        OfferHeader header = before.change(to -> {
            to.liveVersion = version;
            to.live = Optional.of(live);
            to.stop = Optional.empty(); // S30: publishing again sells again
            to.epoch += before.live().isEmpty() || before.stopped() ? 1 : 0;
        });
        return withoutRelists(new OfferState(state.key(), header, rows), (planId, plan) -> // no change any more (B11)
                Optional.ofNullable(snapshot.plans().get(planId))
                        .filter(spent -> spent.revision() == plan.revision()).isPresent());
    }

    private static PlanSale sale(Optional<PlanSale> old, PlanSummary plan, boolean relisting, long snapshot) {
        if (old.isEmpty()) {
            return new PlanSale(1, Optional.empty(), plan.isPrivate(), false); // P3
        }
        PlanSale sale = old.get();
        if (sale.stoppedAt().isPresent()) { // D39, B5, B6: relisted after the stop, in the snapshot
            boolean again = plan.relist() == RelistIntent.MARKED && plan.revision() > sale.stoppedAt().get();
            return again ? new PlanSale(sale.epoch() + 1, Optional.empty(), plan.isPrivate(), false) : sale;
        }
        return relisting && plan.relist() == RelistIntent.OPTED_OUT
                ? new PlanSale(sale.epoch(), Optional.of(snapshot), plan.isPrivate(), false)
                : new PlanSale(sale.epoch(), Optional.empty(), plan.isPrivate(), false);
    }

    /** O26, P15: the offer is off sale; pending stops of single plans take effect with it (B9). */
    static OfferState stopped(OfferState state, Instant at) {
        OfferState next = state;
        for (String planId : state.header().planStops().keySet()) {
            next = planStopped(next, planId);
        }
        OfferHeader header = next.header();
        StateRows rows = next.rows().put(new RowKey.EndedEpochKey(Optional.empty(), header.epoch()),
                new EndedEpochRow(header.liveVersion()));
        // O26: it is cleared
        Optional<PublishingRun> failed = header.run().filter(run -> run.state() == RunStatus.FAILED);
        OfferState stopped = new OfferState(state.key(), header.change(to -> {
            to.stop = Optional.of(new StopSell(true, at));
            to.run = failed.isPresent() ? Optional.empty() : header.run();
        }), failed.map(run -> rows.delete(new RowKey.SubmissionNotesKey(run.submission()))).orElse(rows));
        return withNothingToSell(withoutRelists(stopped, (planId, plan) -> true)); // B68
    }

    /**
     * P10: one plan is off sale; its customers keep the version that is live now (E5, D11), not the one at the request
     * (B48); customers of other plans are not affected (E12).
     */
    static OfferState planStopped(OfferState state, String planId) {
        OfferHeader header = state.header().change(to -> to.planStops().remove(planId));
        PlanSale sale = state.sales().plans().get(planId);
        if (sale == null || !sale.sold()) {
            return new OfferState(state.key(), header, state.rows());
        }
        StateRows rows = state.rows()
                .put(new RowKey.PlanSalesKey(), state.sales().with(planId, new PlanSale(sale.epoch(),
                        Optional.of(header.revision()), sale.isPrivate(), sale.deleted())))
                .put(new RowKey.EndedEpochKey(Optional.of(planId), sale.epoch()),
                        new EndedEpochRow(header.liveVersion()));
        return withoutRelists(new OfferState(state.key(), header, rows), (other, plan) -> other.equals(planId));
    }

    /**
     * Clears relist requests in every overview. D39, B8, B68: only a save after a stop says whether the plan is sold
     * again after it, so a stop voids the requests before it, of the plan or of all plans.
     */
    private static OfferState withoutRelists(OfferState state, BiPredicate<String, PlanSummary> which) {
        return overviews(state, overview -> {
            SortedMap<String, PlanSummary> plans = new TreeMap<>(overview.plans());
            plans.replaceAll((planId, plan) -> plan.relist() != RelistIntent.NONE && which.test(planId, plan)
                    ? plan.withRelist(RelistIntent.NONE) : plan);
            return new PlanOverviewRow(plans, overview.problems());
        });
    }

    /** P8: a plan that was live and is not sold is deleted from the portal and from every overview (B11). */
    static OfferState withoutPlan(OfferState state, String planId) {
        PlanSale sale = state.sales().plans().get(planId);
        if (sale == null) {
            return state;
        }
        StateRows rows = withoutPrices(state, planId).rows().put(new RowKey.PlanSalesKey(), state.sales().with(planId,
                new PlanSale(sale.epoch(), sale.stoppedAt(), sale.isPrivate(), true)));
        OfferState deleted = new OfferState(state.key(), state.header(), rows);
        List<RowKey.PlanKey> contents = new ArrayList<>();
        OfferState bare = overviews(deleted, overview -> {
            Optional.ofNullable(overview.plans().get(planId))
                    .ifPresent(plan -> contents.add(new RowKey.PlanKey(planId, plan.revision())));
            return overview.without(planId, overview.problems());
        });
        StateRows left = bare.rows();
        for (RowKey.PlanKey content : contents) {
            left = left.delete(content);
        }
        return new OfferState(state.key(), bare.header(), left);
    }

    /** Deletes the row of prices that hold until a scheduled change. */
    static OfferState withoutPrices(OfferState state, String planId) {
        return state.prices(planId).isEmpty() ? state
                : new OfferState(state.key(), state.header(), state.rows().delete(new RowKey.PriceKey(planId)));
    }

    static OfferState withoutPrices(OfferState state) {
        OfferState next = state;
        for (String planId : state.sales().plans().keySet()) {
            next = withoutPrices(next, planId);
        }
        return next;
    }

    /** E1, E8, B16, D12: the stamp has the current sale epochs and replaces an earlier one. */
    static OfferState acquired(OfferState state, Event.PlanAcquired acquired, Instant at) {
        PlanSale sale = state.sales().plans().get(acquired.planId());
        if (sale == null) {
            return state;
        }
        CustomerRow customer = state.customer(acquired.planId(), acquired.customerId());
        EntitlementStamp entitlement =
                new EntitlementStamp(state.header().epoch(), sale.epoch(), state.header().revocations(), at);
        return new OfferState(state.key(), state.header(), state.rows().put(
                new RowKey.CustomerKey(acquired.planId(), acquired.customerId()),
                new CustomerRow(Optional.of(entitlement), customer.recentCommands())));
    }

    /** B4: updates whether nothing would be on sale after a publish of the draft. */
    static OfferState withNothingToSell(OfferState state) {
        OfferHeader header = state.header();
        boolean nothing = header.everLive() && !state.plans().plans().isEmpty() && !state.sales().plans().isEmpty()
                && state.plans().plans().entrySet().stream().noneMatch(plan ->
                        wouldBeSold(state, plan.getKey(), plan.getValue()));
        return nothing == header.nothingToSell() ? state
                : new OfferState(state.key(), header.change(to -> to.nothingToSell = nothing), state.rows());
    }

    private static boolean wouldBeSold(OfferState state, String planId, PlanSummary plan) {
        OfferHeader header = state.header();
        PlanSale sale = state.sales().plans().get(planId);
        if (sale == null) {
            return true;
        }
        if (sale.stoppedAt().isPresent()) {
            return plan.relist() == RelistIntent.MARKED && plan.revision() > sale.stoppedAt().get();
        }
        return !header.planStops().containsKey(planId)
                && !(header.stopped() && plan.relist() == RelistIntent.OPTED_OUT);
    }

    /** Changes every overview that is kept, without a new revision. */
    private static OfferState overviews(OfferState state, UnaryOperator<PlanOverviewRow> how) {
        SectionRevisions saved = state.header().sections().get(SectionId.PLAN_OVERVIEW);
        if (saved == null) {
            return state;
        }
        StateRows rows = state.rows();
        List<SectionRevisions.SectionRevision> revisions = new ArrayList<>();
        for (SectionRevisions.SectionRevision revision : saved.revisions()) {
            PlanOverviewRow before = state.plansAt(revision.number());
            PlanOverviewRow changed = how.apply(before);
            rows = changed.equals(before) ? rows
                    : rows.put(new RowKey.SectionKey(SectionId.PLAN_OVERVIEW, revision.number()), changed);
            revisions.add(new SectionRevisions.SectionRevision(revision.number(), changed.digest()));
        }
        return new OfferState(state.key(), state.header().change(to -> to.sections().put(SectionId.PLAN_OVERVIEW,
                new SectionRevisions(List.copyOf(revisions), saved.problems()))), rows);
    }
}
