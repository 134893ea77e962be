package io.offerflow.domain.model;

import static io.offerflow.domain.model.AudienceType.SUBSCRIPTION;
import static io.offerflow.domain.model.AudienceType.TENANT;

/** The type of an offer, fixed at its creation (V4), with the profile of what offers of the type consist of. */
public enum OfferType {
    SAAS(OfferTypeProfile.withAudienceOf(TENANT)),
    AZURE_APPLICATION(OfferTypeProfile.withAudienceOf(SUBSCRIPTION)),
    MANAGED_SERVICE(OfferTypeProfile.withAudienceOf(SUBSCRIPTION)),
    VIRTUAL_MACHINE(OfferTypeProfile.withAudienceOf(TENANT, SUBSCRIPTION));

    private final OfferTypeProfile profile;

    OfferType(OfferTypeProfile profile) {
        this.profile = profile;
    }

    public OfferTypeProfile profile() {
        return profile;
    }
}
