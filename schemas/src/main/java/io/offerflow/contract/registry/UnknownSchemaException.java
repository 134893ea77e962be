package io.offerflow.contract.registry;

/** The registry has no schema with an id, or it is not an Avro schema without references. */
public final class UnknownSchemaException extends RuntimeException {

    public UnknownSchemaException(String message) {
        super(message);
    }

    public UnknownSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
