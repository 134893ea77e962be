package io.offerflow.topology;

import io.offerflow.avro.MissingCause;
import io.offerflow.avro.QuarantineReason;
import io.offerflow.domain.model.Entry;
import java.time.Duration;
import java.time.Instant;

/** Counts how often something due was put off because of a fault. */
final class PutOffCounter implements ProcessingListener {

    private int putOff;

    int count() {
        return putOff;
    }

    @Override
    public void decided(Entry entry, Instant appendedAt) {
        // the journal tells
    }

    @Override
    public void quarantined(QuarantineReason reason) {
        // the topic quarantine tells
    }

    @Override
    public void advanced(Duration late) {
        // the journal tells
    }

    @Override
    public void postponed() {
        putOff++;
    }

    @Override
    public void missing(String input, MissingCause cause) {
        // the journal tells
    }
}
