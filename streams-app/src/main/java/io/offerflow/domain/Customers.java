package io.offerflow.domain;

import static io.offerflow.domain.Decision.reject;

import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Standing;

/** What customers may buy and download: domain.md 5.4. */
final class Customers {

    private final Policy policy;

    Customers(Policy policy) {
        this.policy = policy;
    }

    /** E1–E3, E8: availability and audience are asked first, also of those who have it already (B15). */
    Decision acquire(OfferState offer, Command.AcquirePlan acquire) {
        if (!offer.isForSale(acquire.planId())) {
            return reject(Reason.NOT_AVAILABLE, "Expected plan \"%s\" of offer %s to be on sale, but it is not.",
                    acquire.planId(), offer.key());
        }
        if (!offer.isForSaleTo(acquire.planId(), acquire.customerId())) { // A14
            return reject(Reason.NOT_IN_AUDIENCE, "Expected customer %s in the audience of plan \"%s\", but they are not.",
                    acquire.customerId(), acquire.planId());
        }
        long version = offer.facts().liveVersion();
        return standing(offer, acquire).kind() == Standing.Kind.ACTIVE ? Decision.serve(version)
                : Decision.serve(version, new Event.PlanAcquired(acquire.customerId(), acquire.planId()));
    }

    /** E4, E6, E7, E14, B33. */
    Decision download(OfferState offer, Command.DownloadOffer download) {
        Standing standing = standing(offer, download);
        return switch (standing.kind()) {
            case ACTIVE -> Decision.serve(offer.facts().liveVersion());
            case FROZEN -> policy.redownloadAfterStop() ? Decision.serve(standing.frozenAt().orElseThrow())
                    : reject(Reason.NOT_AVAILABLE, "Expected plan \"%s\" to be on sale, but it is not, and nothing is "
                            + "downloaded again after that.", download.planId());
            case REVOKED -> reject(Reason.ENTITLEMENT_REVOKED,
                    "Expected customer %s to have plan \"%s\" of offer %s, but it was removed from its customers.",
                    download.customerId(), download.planId(), offer.key());
            case NONE -> reject(Reason.NOT_ENTITLED,
                    "Expected customer %s to have plan \"%s\" of offer %s, but they have not.",
                    download.customerId(), download.planId(), offer.key());
        };
    }

    private static Standing standing(OfferState offer, Command.ByCustomer request) {
        return offer.standing(request.planId(), request.customerId());
    }
}
