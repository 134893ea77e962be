package io.offerflow.contract.registry;

/** The registry gave no usable answer: it is unreachable, too slow, or failing. The schema may still exist. */
public final class RegistryUnavailableException extends RuntimeException {

    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
