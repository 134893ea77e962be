package io.offerflow.topology.outputs;

import io.offerflow.avro.Entitlement;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.row.EntitlementStamp;
import io.offerflow.topology.outputs.Projection.OutputRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Topic entitlements: a row when a customer acquires a plan; none for a stop or a removal, which affect many customers.
 */
final class EntitlementProjection {

    private EntitlementProjection() {
    }

    static List<OutputRow> of(Transition transition) {
        List<OutputRow> rows = new ArrayList<>();
        for (Entry.DueEvent due : transition.happened()) {
            if (due.event() instanceof Event.PlanAcquired acquired) {
                rows.add(row(transition.after(), acquired).under(acquired.planId() + "/" + acquired.customerId()));
            }
        }
        return rows;
    }

    private static OutputRow row(OfferState offer, Event.PlanAcquired acquired) {
        EntitlementStamp stamp = offer.customer(acquired.planId(), acquired.customerId()).entitlement().orElseThrow();
        return OutputRow.of(new Entitlement(acquired.customerId(), acquired.planId(), stamp.since(),
                offer.header().liveVersion(), stamp.planEpoch(), stamp.offerEpoch(), stamp.revocations()));
    }
}
