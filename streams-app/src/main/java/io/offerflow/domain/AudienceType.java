package io.offerflow.domain;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What an id in a private audience names (V20–V23). The names are those of the contract. */
public enum AudienceType {
    TENANT, SUBSCRIPTION;

    /** V23: which ids the audiences of an offer of this kind may hold. */
    static Set<AudienceType> allowedFor(OfferType offer) {
        return switch (offer) {
            case SAAS -> Set.of(TENANT);
            case AZURE_APPLICATION, MANAGED_SERVICE -> Set.of(SUBSCRIPTION);
            case VIRTUAL_MACHINE -> Set.of(TENANT, SUBSCRIPTION);
        };
    }

    /** Stands for a member in the digest of an audience, which is the XOR over all of them, in any order. */
    public long digest(String id) {
        return Hash.of((name() + ":" + id).getBytes(StandardCharsets.UTF_8));
    }
}
