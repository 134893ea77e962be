package io.offerflow.replay.journal;

/** A precondition of a replay is not met; nothing was written. The message says why and what to do. */
public final class ReplayPreconditionException extends RuntimeException {

    public ReplayPreconditionException(String message) {
        super(message);
    }
}
