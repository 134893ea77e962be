package io.offerflow.runtime;

/** The service cannot start as it is configured, or as its cluster is; the message says what to mend. */
public final class ConfigException extends RuntimeException {

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
