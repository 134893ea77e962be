package io.offerflow.contract.registry;

/** The registry gave no usable answer: unreachable, too slow, or failing. Nothing is known about the schema. */
public final class RegistryUnavailableException extends RuntimeException {

    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
