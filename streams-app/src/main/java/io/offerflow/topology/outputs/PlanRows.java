package io.offerflow.topology.outputs;

import io.offerflow.avro.PlanState;
import io.offerflow.avro.PlanStatus;
import io.offerflow.codec.Shared;
import io.offerflow.domain.Entry;
import io.offerflow.domain.Event;
import io.offerflow.domain.state.OfferFacts;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Row;
import io.offerflow.topology.Moment;
import io.offerflow.topology.outputs.Projection.Projected;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Topic plan-status: a new row for each plan whose state or draft changed, a tombstone for one that is gone (S19). */
public final class PlanRows {

    private PlanRows() {
    }

    static List<Projected> of(Moment moment) {
        Set<String> touched = new TreeSet<>();
        moment.happened().map(Entry.Due::event).forEach(event -> touched.addAll(touched(moment, event)));
        if (touched.isEmpty()) {
            return List.of();
        }
        Row.Overview plans = moment.after().plans();
        return touched.stream().map(planId -> (moment.after().facts().exists() && plans.plans().containsKey(planId)
                ? Projected.of(row(moment.after(), plans, planId)) : Projected.tombstone()).under(planId)).toList();
    }

    private static Set<String> touched(Moment moment, Event event) {
        return switch (event) {
            case Event.PlanSaved saved -> Set.of(saved.planId());
            case Event.PlanAssessed assessed -> Set.of(assessed.planId());
            case Event.PlanDeleted deleted -> Set.of(deleted.planId());
            case Event.OfferWentLive live -> moment.after().livePlans().plans().keySet();
            case Event.SellingStopped stopped -> moment.after().livePlans().plans().keySet();
            case Event.DraftDeleted deleted -> moment.before().plans().plans().keySet();
            default -> Set.of();
        };
    }

    /** The rows of all plans of an offer that exists, by their ids. */
    public static List<PlanStatus> all(OfferState offer) {
        Row.Overview plans = offer.plans();
        return plans.plans().keySet().stream().map(planId -> row(offer, plans, planId)).toList();
    }

    private static PlanStatus row(OfferState offer, Row.Overview plans, String planId) {
        OfferFacts facts = offer.facts();
        Row.PlanEntry draft = plans.plans().get(planId);
        Row.PlanEntry live = offer.livePlans().plans().get(planId);
        boolean onSale = live != null && facts.onSale();
        return new PlanStatus(offer.key().publisherId(), offer.key().offerId(), planId,
                offer.plan(planId, plans).text("alias").or(draft::name).orElse(null), state(live, onSale), onSale,
                live == null ? null : live.hidden(), live == null || live.digest() != draft.digest(),
                facts.sequence(), facts.clock(), draft.revision(), Shared.problems(draft.problems()));
    }

    private static PlanState state(Row.PlanEntry live, boolean onSale) {
        if (live == null) {
            return PlanState.DRAFT;
        }
        return onSale ? PlanState.LIVE : PlanState.NOT_SOLD; // P15: the offer's stop takes every plan off sale
    }
}
