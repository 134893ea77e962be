package io.offerflow.domain.model;

import java.nio.charset.StandardCharsets;

/** What an id in a private audience names (V20–V23). The names are those of the contract. */
public enum AudienceType {
    TENANT, SUBSCRIPTION;

    /**
     * A member's part of the digest of an audience, which is the XOR over all members and so independent of their
     * order.
     */
    public long digest(String id) {
        return StableHash.of((name() + ":" + id).getBytes(StandardCharsets.UTF_8));
    }
}
