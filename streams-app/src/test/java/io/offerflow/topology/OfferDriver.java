package io.offerflow.topology;

import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.domain.model.OfferKey;
import java.time.Instant;
import org.apache.avro.generic.IndexedRecord;

/** Leads an offer to where a test begins; each record is appended one second after the one before. */
final class OfferDriver {

    private final TopologyHarness bench;
    private final OfferKey offer;
    private Instant clock;

    OfferDriver(TopologyHarness bench, OfferKey offer, Instant from) {
        this.bench = bench;
        this.offer = offer;
        this.clock = from;
    }

    /** Sends something one second later. */
    OfferDriver send(IndexedRecord envelope) {
        clock = clock.plusSeconds(1);
        bench.send(envelope, clock);
        return this;
    }

    /** A draft whose four sections are complete. */
    OfferDriver draft() {
        send(Envelopes.create(offer));
        Contents.listingOnly().forEach(content -> send(Envelopes.save(offer, content)));
        return this;
    }

    /** A draft that was submitted and waits for certification. */
    OfferDriver submitted() {
        return draft().send(Envelopes.submit(offer));
    }

    /** Live as version 1. */
    OfferDriver live() {
        return submitted().step("CERTIFICATION").step("PREVIEW_CREATION").send(Envelopes.goLive(offer))
                .step("FINAL_PUBLISH");
    }

    /** The pipeline has done a step of the first submission. */
    OfferDriver step(String step) {
        return send(Envelopes.succeeded(offer, 1, step));
    }

    /** Append time of the newest record. */
    Instant clock() {
        return clock;
    }
}
