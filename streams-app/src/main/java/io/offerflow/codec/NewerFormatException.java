package io.offerflow.codec;

/** A store holds a value that a newer release wrote: this release must not decide on it. */
public final class NewerFormatException extends IllegalStateException {

    NewerFormatException(String message) {
        super(message);
    }
}
