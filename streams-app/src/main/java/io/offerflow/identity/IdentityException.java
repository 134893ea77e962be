package io.offerflow.identity;

/** A caller is not known; the message is for the client and contains no part of a token. */
public final class IdentityException extends RuntimeException {

    private final boolean unavailable;

    private IdentityException(String message, boolean unavailable, Throwable cause) {
        super(message, cause);
        this.unavailable = unavailable;
    }

    static IdentityException unknown(String message) {
        return new IdentityException(message, false, null);
    }

    static IdentityException unavailable(String message, Throwable cause) {
        return new IdentityException(message, true, cause);
    }

    /** Whether the same token may be accepted later, because the identity provider does not answer now. */
    public boolean isUnavailable() {
        return unavailable;
    }
}
