package io.offerflow.domain.state;

import io.offerflow.domain.state.row.PlanOverviewRow;
import io.offerflow.domain.state.row.PlanSummary;
import io.offerflow.domain.state.row.RecentCommands;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Changes of a state that no event makes, for tests that plant mistakes. */
public final class StateEdits {

    private StateEdits() {
    }

    public static OfferState row(OfferState offer, RowKey key, StateRow row) {
        return new OfferState(offer.key(), offer.header(), offer.rows().put(key, row));
    }

    /** The plans of an overview, as far as they are the same, have the marks of another one. */
    public static OfferState marks(OfferState offer, RowKey key, PlanOverviewRow marked) {
        PlanOverviewRow overview = offer.rows().read(key, PlanOverviewRow.class).orElseThrow();
        SortedMap<String, PlanSummary> plans = new TreeMap<>(overview.plans());
        plans.replaceAll((planId, plan) -> Optional.ofNullable(marked.plans().get(planId))
                .filter(other -> other.revision() == plan.revision()).map(other -> plan.withRelist(other.relist()))
                .orElse(plan));
        return row(offer, key, new PlanOverviewRow(plans, overview.problems()));
    }

    public static OfferState run(OfferState offer, Optional<PublishingRun> run) {
        return header(offer, offer.header().change(to -> to.run = run));
    }

    public static OfferState stop(OfferState offer, Optional<StopSell> stop) {
        return header(offer, offer.header().change(to -> to.stop = stop));
    }

    public static OfferState submission(OfferState offer, long submission) {
        return header(offer, offer.header().change(to -> to.submission = submission));
    }

    public static OfferState nothingToSell(OfferState offer, boolean nothing) {
        return header(offer, offer.header().change(to -> to.nothingToSell = nothing));
    }

    public static OfferState audience(OfferState offer, AudienceSummary summary) {
        return header(offer, offer.header().change(to -> to.audience = summary));
    }

    /** The live version is made of another draft version. */
    public static OfferState liveRevision(OfferState offer, long revision) {
        return header(offer, offer.header().change(to -> to.live = to.live.map(live ->
                new LiveVersion(live.submission(), revision, live.since()))));
    }

    /** A header without the fields that every entry changes. */
    public static OfferHeader untouched(OfferHeader header) {
        return header.change(to -> {
            to.sequence = 0;
            to.clock = Instant.EPOCH;
            to.recentCommands = RecentCommands.EMPTY;
            to.recentSteps = RecentCommands.EMPTY;
        });
    }

    private static OfferState header(OfferState offer, OfferHeader header) {
        return new OfferState(offer.key(), header, offer.rows());
    }
}
