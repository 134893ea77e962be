package io.offerflow.domain.state;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Changes of a state that no event makes, for tests that plant mistakes. */
public final class StateEdits {

    private StateEdits() {
    }

    public static OfferState row(OfferState offer, Row.Key key, Row row) {
        return new OfferState(offer.key(), offer.facts(), offer.rows().put(key, row));
    }

    /** The plans of an overview, as far as they are the same, have the marks of another one. */
    public static OfferState marks(OfferState offer, Row.Key key, Row.Overview marked) {
        Row.Overview overview = offer.rows().read(key, Row.Overview.class).orElseThrow();
        SortedMap<String, Row.PlanEntry> plans = new TreeMap<>(overview.plans());
        plans.replaceAll((planId, plan) -> Optional.ofNullable(marked.plans().get(planId))
                .filter(other -> other.revision() == plan.revision()).map(other -> plan.marked(other.mark()))
                .orElse(plan));
        return row(offer, key, new Row.Overview(plans, overview.problems()));
    }

    public static OfferState run(OfferState offer, Optional<Run> run) {
        return facts(offer, offer.facts().change(to -> to.run = run));
    }

    public static OfferState stop(OfferState offer, Optional<Stop> stop) {
        return facts(offer, offer.facts().change(to -> to.stop = stop));
    }

    public static OfferState submission(OfferState offer, long submission) {
        return facts(offer, offer.facts().change(to -> to.submission = submission));
    }

    public static OfferState nothingToSell(OfferState offer, boolean nothing) {
        return facts(offer, offer.facts().change(to -> to.nothingToSell = nothing));
    }

    public static OfferState audience(OfferState offer, AudienceSummary summary) {
        return facts(offer, offer.facts().change(to -> to.audience = summary));
    }

    /** The live version is made of another draft version. */
    public static OfferState liveRevision(OfferState offer, long revision) {
        return facts(offer, offer.facts().change(to -> to.live = to.live.map(live ->
                new Live(live.submission(), revision, live.since()))));
    }

    private static OfferState facts(OfferState offer, OfferFacts facts) {
        return new OfferState(offer.key(), facts, offer.rows());
    }
}
