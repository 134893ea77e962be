package io.offerflow.contract.wire;

/** A value in the wire format with a known schema cannot be read. */
public final class UnreadableValueException extends RuntimeException {

    /** What is at fault. */
    public enum Cause {
        /** The writer's schema cannot be read as the type that the topic carries. */
        WRONG_SCHEMA,
        /** The bytes do not fit the schema they name. */
        BROKEN
    }

    private final Cause cause;

    public UnreadableValueException(Cause cause, String message) {
        super(message);
        this.cause = cause;
    }

    public UnreadableValueException(Cause cause, String message, Throwable thrown) {
        super(message, thrown);
        this.cause = cause;
    }

    /** What is at fault. */
    public Cause fault() {
        return cause;
    }
}
