package io.offerflow.bench.peer;

import io.offerflow.bench.BenchException;

/** The peer cannot go on; the message says what happened and what to do. */
public final class PeerException extends BenchException {

    private static final long serialVersionUID = 1L;

    public PeerException(String message) {
        super(message);
    }

    public PeerException(String message, Throwable cause) {
        super(message, cause);
    }
}
