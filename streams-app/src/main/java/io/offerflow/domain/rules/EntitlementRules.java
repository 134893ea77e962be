package io.offerflow.domain.rules;

import static io.offerflow.domain.model.Decision.reject;

import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.state.EntitlementStatus;
import io.offerflow.domain.state.OfferState;

/**
 * Decides what customers may acquire and download: domain.md 5.4. Its evolving half is {@code SaleEvolver}, which
 * writes the {@link io.offerflow.domain.state.row.EntitlementStamp}.
 */
final class EntitlementRules {

    private final Policy policy;

    EntitlementRules(Policy policy) {
        this.policy = policy;
    }

    /** Availability and audience are checked first, also for customers who have the plan already (B15). */
    Decision acquire(OfferState offer, Command.AcquirePlan acquire) {
        if (!offer.isForSale(acquire.planId())) {
            return reject(Rule.E2, Reason.NOT_AVAILABLE,
                    "Expected plan \"%s\" of offer %s to be on sale, but it is not.",
                    acquire.planId(), offer.key());
        }
        if (!offer.isForSaleTo(acquire.planId(), acquire.customerId())) {
            return reject(Rule.A14, Reason.NOT_IN_AUDIENCE,
                    "Expected customer %s in the audience of plan \"%s\", but they are not.", acquire.customerId(),
                    acquire.planId());
        }
        long version = offer.header().liveVersion();
        Event acquired = new Event.PlanAcquired(acquire.customerId(), acquire.planId());
        boolean stopping = offer.header().stopPending() || offer.header().planStops().containsKey(acquire.planId());
        return switch (status(offer, acquire).kind()) {
            case ACTIVE -> Decision.serve(Rule.B15, version);
            case FROZEN -> Decision.serve(Rule.E8, version, acquired);
            case REVOKED -> Decision.serve(Rule.B16, version, acquired);
            case NONE -> Decision.serve(stopping ? Rule.E3 : Rule.E1, version, acquired); // D10
        };
    }

    Decision download(OfferState offer, Command.DownloadOffer download) {
        EntitlementStatus status = status(offer, download);
        return switch (status.kind()) {
            case ACTIVE -> Decision.serve(Rule.E4, offer.header().liveVersion());
            case FROZEN -> policy.redownloadAfterStop() ? frozen(offer, status.frozenAt().orElseThrow())
                    : reject(Rule.B33, Reason.NOT_AVAILABLE,
                            "Expected plan \"%s\" to be on sale, but it is not, and nothing is downloaded again after "
                            + "that.", download.planId());
            case REVOKED -> reject(Rule.E14, Reason.ENTITLEMENT_REVOKED,
                    "Expected customer %s to have plan \"%s\" of offer %s, but it was removed from its customers.",
                    download.customerId(), download.planId(), offer.key());
            case NONE -> reject(Rule.B33, Reason.NOT_ENTITLED,
                    "Expected customer %s to have plan \"%s\" of offer %s, but they have not.",
                    download.customerId(), download.planId(), offer.key());
        };
    }

    private static Decision frozen(OfferState offer, long version) {
        return Decision.serve(version == offer.header().liveVersion() ? Rule.E6 : Rule.E7, version);
    }

    private static EntitlementStatus status(OfferState offer, Command.ByCustomer request) {
        return offer.entitlementStatus(request.planId(), request.customerId());
    }
}
