package io.offerflow.domain.state;

import io.offerflow.domain.Event;
import io.offerflow.domain.PlanMark;
import io.offerflow.domain.SectionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What going live and stopping do to the sale of an offer and its plans. Periods of sale are numbered; ending one notes
 * its version once, and what customers have is never touched.
 */
final class Selling {

    private Selling() {
    }

    /** O19, P3, P13, P14: the submission is what is sold from now on, its plans with it (D33, D36). */
    static OfferState wentLive(OfferState state, Live live, long version) {
        OfferFacts before = state.facts();
        Row.Overview snapshot = state.sellsPlans(live.revision()) ? state.plansAt(live.revision()) : Row.Overview.NONE;
        Row.Sales sales = state.sales();
        Rows rows = state.rows();
        for (Map.Entry<String, Row.PlanEntry> plan : snapshot.plans().entrySet()) {
            Row.Sale old = sales.plans().get(plan.getKey());
            Row.Sale now = sale(Optional.ofNullable(old), plan.getValue(), before.stopped(), live.revision());
            if (old != null && old.sold() && !now.sold()) {
                rows = rows.put(new Row.EpochKey(Optional.of(plan.getKey()), old.epoch()),
                        new Row.EndedEpoch(before.liveVersion()));
            }
            sales = sales.with(plan.getKey(), now);
        }
        rows = sales.plans().isEmpty() ? rows : rows.put(new Row.SalesKey(), sales);
        OfferFacts facts = before.change(to -> {
            to.liveVersion = version;
            to.live = Optional.of(live);
            to.stop = Optional.empty(); // S30: publishing again is what sells again
            to.epoch += before.live().isEmpty() || before.stopped() ? 1 : 0;
        });
        return withoutMarks(new OfferState(state.key(), facts, rows), snapshot);
    }

    private static Row.Sale sale(Optional<Row.Sale> old, Row.PlanEntry plan, boolean relisting, long snapshot) {
        if (old.isEmpty()) {
            return new Row.Sale(1, Optional.empty(), plan.hidden(), false); // P3
        }
        Row.Sale sale = old.get();
        if (sale.stoppedAt().isPresent()) { // D39, B5, B6: a mark younger than the stop, and in the snapshot
            boolean again = plan.mark() == PlanMark.MARKED && plan.revision() > sale.stoppedAt().get();
            return again ? new Row.Sale(sale.epoch() + 1, Optional.empty(), plan.hidden(), false) : sale;
        }
        return relisting && plan.mark() == PlanMark.OPTED_OUT
                ? new Row.Sale(sale.epoch(), Optional.of(snapshot), plan.hidden(), false)
                : new Row.Sale(sale.epoch(), Optional.empty(), plan.hidden(), false);
    }

    /** O26, P15: everything is off sale; what was pending for single plans has happened with it (B9). */
    static OfferState stopped(OfferState state, Instant at) {
        OfferState next = state;
        for (String planId : state.facts().planStops().keySet()) {
            next = planStopped(next, planId);
        }
        OfferFacts facts = next.facts();
        Rows rows = next.rows().put(new Row.EpochKey(Optional.empty(), facts.epoch()),
                new Row.EndedEpoch(facts.liveVersion()));
        Optional<Run> failed = facts.run().filter(run -> run.state() == Run.State.FAILED); // O26: it is cleared
        return reckoned(new OfferState(state.key(), facts.change(to -> {
            to.stop = Optional.of(new Stop(true, at));
            to.run = failed.isPresent() ? Optional.empty() : facts.run();
        }), failed.map(run -> rows.delete(new Row.TextsKey(run.submission()))).orElse(rows)));
    }

    /**
     * P10: one plan is off sale; its customers keep the version that is live now (E5, D11), not when it was asked for
     * (B48), and those of other plans are not touched (E12).
     */
    static OfferState planStopped(OfferState state, String planId) {
        OfferFacts facts = state.facts().change(to -> to.planStops().remove(planId));
        Row.Sale sale = state.sales().plans().get(planId);
        if (sale == null || !sale.sold()) {
            return new OfferState(state.key(), facts, state.rows());
        }
        Rows rows = state.rows()
                .put(new Row.SalesKey(), state.sales().with(planId, new Row.Sale(sale.epoch(),
                        Optional.of(facts.revision()), sale.hidden(), sale.deleted())))
                .put(new Row.EpochKey(Optional.of(planId), sale.epoch()), new Row.EndedEpoch(facts.liveVersion()));
        return unmarked(new OfferState(state.key(), facts, rows), planId);
    }

    /** D39, B8: only what is saved after a stop took effect can undo it, so what was said before is void. */
    private static OfferState unmarked(OfferState state, String planId) {
        return overviews(state, overview -> {
            Row.PlanEntry plan = overview.plans().get(planId);
            return plan == null || plan.mark() == PlanMark.NONE ? overview
                    : overview.with(planId, plan.marked(PlanMark.NONE), overview.problems());
        });
    }

    /** P8: a plan that was live and is not sold leaves the portal, and with it every overview (B11). */
    static OfferState withoutPlan(OfferState state, String planId) {
        Row.Sale sale = state.sales().plans().get(planId);
        if (sale == null) {
            return state;
        }
        Rows rows = withoutPrices(state, planId).rows().put(new Row.SalesKey(), state.sales().with(planId,
                new Row.Sale(sale.epoch(), sale.stoppedAt(), sale.hidden(), true)));
        OfferState gone = new OfferState(state.key(), state.facts(), rows);
        List<Row.PlanKey> contents = new ArrayList<>();
        OfferState bare = overviews(gone, overview -> {
            Optional.ofNullable(overview.plans().get(planId))
                    .ifPresent(plan -> contents.add(new Row.PlanKey(planId, plan.revision())));
            return overview.without(planId, overview.problems());
        });
        Rows left = bare.rows();
        for (Row.PlanKey content : contents) {
            left = left.delete(content);
        }
        return new OfferState(state.key(), bare.facts(), left);
    }

    /** Nobody pays for the plan as before any more. */
    static OfferState withoutPrices(OfferState state, String planId) {
        return state.prices(planId).isEmpty() ? state
                : new OfferState(state.key(), state.facts(), state.rows().delete(new Row.PricesKey(planId)));
    }

    static OfferState withoutPrices(OfferState state) {
        OfferState next = state;
        for (String planId : state.sales().plans().keySet()) {
            next = withoutPrices(next, planId);
        }
        return next;
    }

    /** E1, E8, B16, D12: stamped with the periods of sale of now; takes the place of what the customer had. */
    static OfferState acquired(OfferState state, Event.PlanAcquired acquired, Instant at) {
        Row.Sale sale = state.sales().plans().get(acquired.planId());
        if (sale == null) {
            return state;
        }
        Row.Customer customer = state.customer(acquired.planId(), acquired.customerId());
        Row.Entitlement entitlement =
                new Row.Entitlement(state.facts().epoch(), sale.epoch(), state.facts().revocations(), at);
        return new OfferState(state.key(), state.facts(), state.rows().put(
                new Row.CustomerKey(acquired.planId(), acquired.customerId()),
                new Row.Customer(Optional.of(entitlement), customer.answers())));
    }

    /** B4: whether anything would be on sale after a publish of the draft. */
    static OfferState reckoned(OfferState state) {
        OfferFacts facts = state.facts();
        boolean nothing = facts.everLive() && !state.plans().plans().isEmpty() && !state.sales().plans().isEmpty()
                && state.plans().plans().entrySet().stream().noneMatch(plan ->
                        wouldBeSold(state, plan.getKey(), plan.getValue()));
        return nothing == facts.nothingToSell() ? state
                : new OfferState(state.key(), facts.change(to -> to.nothingToSell = nothing), state.rows());
    }

    private static boolean wouldBeSold(OfferState state, String planId, Row.PlanEntry plan) {
        OfferFacts facts = state.facts();
        Row.Sale sale = state.sales().plans().get(planId);
        if (sale == null) {
            return true;
        }
        if (sale.stoppedAt().isPresent()) {
            return plan.mark() == PlanMark.MARKED && plan.revision() > sale.stoppedAt().get();
        }
        return !facts.planStops().containsKey(planId) && !(facts.stopped() && plan.mark() == PlanMark.OPTED_OUT);
    }

    /** A mark has done its work once the snapshot that holds it is live; it is no difference any more (B11). */
    private static OfferState withoutMarks(OfferState state, Row.Overview snapshot) {
        if (snapshot.plans().values().stream().allMatch(plan -> plan.mark() == PlanMark.NONE)) {
            return state;
        }
        return overviews(state, overview -> {
            SortedMap<String, Row.PlanEntry> plans = new TreeMap<>(overview.plans());
            plans.replaceAll((planId, plan) -> Optional.ofNullable(snapshot.plans().get(planId))
                    .filter(spent -> spent.revision() == plan.revision()).isPresent() ? plan.marked(PlanMark.NONE) : plan);
            return new Row.Overview(plans, overview.problems());
        });
    }

    /** Changes every overview that is kept, in place: no new revision. */
    private static OfferState overviews(OfferState state, UnaryOperator<Row.Overview> how) {
        SectionFacts saved = state.facts().sections().get(SectionId.PLAN_OVERVIEW);
        if (saved == null) {
            return state;
        }
        Rows rows = state.rows();
        List<SectionFacts.Revision> revisions = new ArrayList<>();
        for (SectionFacts.Revision revision : saved.revisions()) {
            Row.Overview before = state.plansAt(revision.number());
            Row.Overview changed = how.apply(before);
            rows = changed.equals(before) ? rows
                    : rows.put(new Row.SectionKey(SectionId.PLAN_OVERVIEW, revision.number()), changed);
            revisions.add(new SectionFacts.Revision(revision.number(), changed.digest()));
        }
        return new OfferState(state.key(), state.facts().change(to -> to.sections().put(SectionId.PLAN_OVERVIEW,
                new SectionFacts(List.copyOf(revisions), saved.problems()))), rows);
    }
}
