package io.offerflow.contract.wire;

/** A value does not begin in the wire format, so its schema is unknown. */
public final class NotWireFormatException extends RuntimeException {

    NotWireFormatException(Framing framing) {
        super(framing.found());
    }
}
