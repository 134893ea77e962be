package io.offerflow.bench.peer;

/** The peer cannot go on; the message says what happened and what to do. */
public final class PeerException extends RuntimeException {

    public PeerException(String message) {
        super(message);
    }

    public PeerException(String message, Throwable cause) {
        super(message, cause);
    }
}
