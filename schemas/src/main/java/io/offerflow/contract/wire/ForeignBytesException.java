package io.offerflow.contract.wire;

/** A value does not begin in the wire format, so nobody can tell which schema it was written with. */
public final class ForeignBytesException extends RuntimeException {

    public ForeignBytesException(String message) {
        super(message);
    }
}
