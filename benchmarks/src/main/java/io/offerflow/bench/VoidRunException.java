package io.offerflow.bench;

/** A run that says nothing: a command without its outcome, an outcome without its command, a loader that came late. */
public final class VoidRunException extends BenchException {

    private static final long serialVersionUID = 1L;

    public VoidRunException(String message) {
        super("void: " + message);
    }
}
