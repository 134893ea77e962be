package io.offerflow.identity;

import java.util.Optional;

/** Finds the caller of a request. */
@FunctionalInterface
public interface Authenticator {

    /**
     * The caller.
     *
     * @param authorization the Authorization header
     * @throws IdentityException if the caller is not known
     */
    Caller authenticate(Optional<String> authorization);

    /** Treats every request as one of this caller. */
    static Authenticator always(Caller caller) {
        return authorization -> caller;
    }
}
