package io.offerflow.topology;

import io.offerflow.avro.QuarantineReason;
import io.offerflow.domain.model.Entry;
import java.time.Duration;
import java.time.Instant;

/** Told of what the one step does, for metrics. Called by stream threads, so it must be quick and never fail. */
public interface ProcessingListener {

    /** Nobody looks. */
    ProcessingListener NONE = new ProcessingListener() {
        @Override
        public void decided(Entry entry, Instant appendedAt) {
            // nobody looks
        }

        @Override
        public void quarantined(QuarantineReason reason) {
            // nobody looks
        }

        @Override
        public void advanced(Duration late) {
            // nobody looks
        }

        @Override
        public void postponed() {
            // nobody looks
        }
    };

    /** An input was decided; a transaction that is undone later may bring it again. */
    void decided(Entry entry, Instant appendedAt);

    /** An input could not be read. */
    void quarantined(QuarantineReason reason);

    /** Something fell due for an offer nobody spoke to, and was noticed so long after its time. */
    void advanced(Duration late);

    /** Something due could not be met because of a fault in this release, and is tried again later. */
    void postponed();
}
