package io.offerflow.runtime;

/** The service cannot start with its configuration or cluster; the message says what to correct. */
public final class ConfigException extends RuntimeException {

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
