package io.offerflow.sandbox.host;

/** The sandbox cannot be started or used; the message says what to do. */
public final class SandboxException extends RuntimeException {

    public SandboxException(String message) {
        super(message);
    }

    public SandboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
