package io.offerflow.topology.outputs;

import io.offerflow.avro.Entitlement;
import io.offerflow.domain.Entry;
import io.offerflow.domain.Event;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Row;
import io.offerflow.topology.Moment;
import io.offerflow.topology.outputs.Projection.Projected;
import java.util.ArrayList;
import java.util.List;

/** Topic entitlements: a stamped row when a customer buys; nothing when a stop or a removal happens to many. */
final class Entitlements {

    private Entitlements() {
    }

    static List<Projected> of(Moment moment) {
        List<Projected> rows = new ArrayList<>();
        for (Entry.Due what : moment.happened()) {
            if (what.event() instanceof Event.PlanAcquired acquired) {
                rows.add(row(moment.after(), acquired).under(acquired.planId() + "/" + acquired.customerId()));
            }
        }
        return rows;
    }

    private static Projected row(OfferState offer, Event.PlanAcquired acquired) {
        Row.Entitlement had = offer.customer(acquired.planId(), acquired.customerId()).entitlement().orElseThrow();
        return Projected.of(new Entitlement(acquired.customerId(), acquired.planId(), had.since(),
                offer.facts().liveVersion(), had.planEpoch(), had.offerEpoch(), had.revocations()));
    }
}
