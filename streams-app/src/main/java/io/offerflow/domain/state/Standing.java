package io.offerflow.domain.state;

import java.util.Optional;

/**
 * What a customer's entitlement is worth (domain.md 5.4).
 *
 * @param frozenAt the version the customer keeps, while {@code kind} is FROZEN
 */
public record Standing(Kind kind, Optional<Long> frozenAt) {

    /** The states of an entitlement. */
    public enum Kind { NONE, ACTIVE, FROZEN, REVOKED }

    static final Standing NONE = new Standing(Kind.NONE, Optional.empty());
    static final Standing ACTIVE = new Standing(Kind.ACTIVE, Optional.empty());
    static final Standing REVOKED = new Standing(Kind.REVOKED, Optional.empty());

    static Standing frozenAt(long version) {
        return new Standing(Kind.FROZEN, Optional.of(version));
    }
}
