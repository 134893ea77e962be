package io.offerflow.contract.registry;

/** The registry has no schema with an id, or it is not an Avro schema without references. */
public final class UnknownSchemaException extends RuntimeException {

    /** What is at fault. */
    public enum Fault {
        /** The registry has no schema with the id. */
        NO_SUCH_ID,
        /** The schema is of another type, for example Protobuf. */
        NOT_AVRO,
        /** The schema cannot be parsed by itself, for example because it refers to other subjects. */
        NOT_SELF_CONTAINED
    }

    private final Fault fault;

    public UnknownSchemaException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    UnknownSchemaException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
