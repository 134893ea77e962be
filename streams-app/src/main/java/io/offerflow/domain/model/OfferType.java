package io.offerflow.domain.model;

import static io.offerflow.domain.model.AudienceType.SUBSCRIPTION;
import static io.offerflow.domain.model.AudienceType.TENANT;

/** Kind of offer, fixed when it is created (V4), with the profile that says what offers of this kind consist of. */
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
