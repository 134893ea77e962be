package io.offerflow.contract.wire;

/** A value in the wire format with a known schema cannot be read. */
public final class UnreadableValueException extends RuntimeException {

    /** What is at fault. */
    public enum Cause {
        /** The schema is not that of the type that the topic carries. */
        OTHER_TYPE,
        /** The fields of the writer's schema cannot be read as those of this release. */
        OTHER_FIELDS,
        /** A number or text means something else to the writer, for example microseconds. */
        OTHER_MEANING,
        /** The bytes do not fit the schema they name. */
        BROKEN,
        /** A text is not UTF-8. */
        MALFORMED_TEXT,
        /** An instant is outside {@link InstantRange}. */
        INSTANT_OUT_OF_RANGE
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
