package io.offerflow.domain.state;

import java.util.Optional;

/**
 * The status of a customer's entitlement (domain.md 5.4).
 *
 * @param frozenAt the version that the customer keeps, if {@code kind} is FROZEN
 */
public record EntitlementStatus(Kind kind, Optional<Long> frozenAt) {

    /** The states of an entitlement. */
    public enum Kind { NONE, ACTIVE, FROZEN, REVOKED }

    static final EntitlementStatus NONE = new EntitlementStatus(Kind.NONE, Optional.empty());
    static final EntitlementStatus ACTIVE = new EntitlementStatus(Kind.ACTIVE, Optional.empty());
    static final EntitlementStatus REVOKED = new EntitlementStatus(Kind.REVOKED, Optional.empty());

    static EntitlementStatus frozenAt(long version) {
        return new EntitlementStatus(Kind.FROZEN, Optional.of(version));
    }
}
