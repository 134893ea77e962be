package io.offerflow.bench.result;

/** A run without a result: outcomes do not match the commands, or the loader was late. */
public final class VoidRunException extends BenchException {

    private static final long serialVersionUID = 1L;

    public VoidRunException(String message) {
        super("void: " + message);
    }
}
