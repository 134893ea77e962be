package io.offerflow.replay;

/** A replay refuses to begin; nothing was written. The message says why and what to do. */
public final class RefusedException extends RuntimeException {

    public RefusedException(String message) {
        super(message);
    }
}
