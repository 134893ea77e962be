package io.offerflow.topology;

import io.offerflow.avro.MissingCause;
import io.offerflow.avro.QuarantineReason;
import io.offerflow.domain.model.Entry;
import java.time.Duration;
import java.time.Instant;

/** Receives what the processor does, for metrics. Stream threads call it, so it must be quick and must not throw. */
public interface ProcessingListener {

    /** Ignores all calls. */
    ProcessingListener NONE = new ProcessingListener() {
        @Override
        public void decided(Entry entry, Instant appendedAt) {
            // ignored
        }

        @Override
        public void quarantined(QuarantineReason reason) {
            // ignored
        }

        @Override
        public void advanced(Duration late) {
            // ignored
        }

        @Override
        public void postponed() {
            // ignored
        }

        @Override
        public void missing(String input, MissingCause cause) {
            // ignored
        }
    };

    /** An input was decided; after an aborted transaction it is decided again. */
    void decided(Entry entry, Instant appendedAt);

    /** An input could not be read. */
    void quarantined(QuarantineReason reason);

    /** A due time of an idle offer was applied, {@code late} after it fell due. */
    void advanced(Duration late);

    /** A due time could not be applied because of a fault in this release; it is tried again later. */
    void postponed();

    /** Inputs of a topic could not be taken. */
    void missing(String input, MissingCause cause);
}
