package io.offerflow.contract.registry;

/** The registry answered, and it has no schema with this id, or none that is Avro and can be read by itself. */
public final class UnknownSchemaException extends RuntimeException {

    public UnknownSchemaException(String message) {
        super(message);
    }

    public UnknownSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
