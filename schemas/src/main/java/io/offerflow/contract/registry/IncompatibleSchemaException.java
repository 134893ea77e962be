package io.offerflow.contract.registry;

/** The registry refused a schema because the subject's compatibility level forbids it. */
public final class IncompatibleSchemaException extends RuntimeException {

    public IncompatibleSchemaException(String message) {
        super(message);
    }

    public IncompatibleSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
