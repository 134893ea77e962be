package io.offerflow.contract.wire;

/** A value does not begin in the wire format, so nobody can tell which schema it was written with. */
public final class NotWireFormatException extends RuntimeException {

    public NotWireFormatException(String message) {
        super(message);
    }
}
