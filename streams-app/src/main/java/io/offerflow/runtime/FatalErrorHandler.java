package io.offerflow.runtime;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the service because of an error that no retry resolves, with the sentence of the first one. */
final class FatalErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FatalErrorHandler.class);

    private final AtomicReference<String> first = new AtomicReference<>();
    private final Runnable stop;

    /**
     * Creates a handler.
     *
     * @param stop stops deciding at once and returns without waiting for the end
     */
    FatalErrorHandler(Runnable stop) {
        this.stop = stop;
    }

    /**
     * Ends the service.
     *
     * @param sentence what happened, to which thing, and what to do
     */
    void fail(String sentence) {
        if (first.compareAndSet(null, sentence)) {
            LOG.error("{}", sentence);
            stop.run();
        }
    }

    /** Why the service ends; empty while it goes on. */
    Optional<String> failure() {
        return Optional.ofNullable(first.get());
    }
}
