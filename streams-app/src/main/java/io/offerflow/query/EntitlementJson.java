package io.offerflow.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.domain.state.EntitlementStatus;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.row.EntitlementStamp;
import io.offerflow.http.Json;

/** What one customer has of one plan, and whether they could acquire it now (domain.md 5.4). */
final class EntitlementJson {

    private EntitlementJson() {
    }

    static ObjectNode of(OfferState offer, String planId, String customerId) {
        EntitlementStatus status = offer.entitlementStatus(planId, customerId);
        ObjectNode node = Json.object().put("publisherId", offer.key().publisherId())
                .put("offerId", offer.key().offerId()).put("planId", planId).put("customerId", customerId)
                .put("standing", status.kind().name());
        switch (status.kind()) {
            case ACTIVE -> node.put("version", offer.header().liveVersion());
            case FROZEN -> node.put("version", status.frozenAt().orElseThrow());
            case REVOKED, NONE -> node.putNull("version");
        }
        node.set("since", Json.time(offer.customer(planId, customerId).entitlement().map(EntitlementStamp::since)));
        return node.put("mayAcquire", offer.isForSaleTo(planId, customerId));
    }
}
