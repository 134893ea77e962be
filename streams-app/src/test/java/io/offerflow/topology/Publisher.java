package io.offerflow.topology;

import io.offerflow.Contents;
import io.offerflow.Envelopes;
import io.offerflow.domain.OfferKey;
import java.time.Instant;
import org.apache.avro.generic.IndexedRecord;

/** Leads an offer to where a test begins; each record is appended one second after the one before. */
final class Publisher {

    private final TopologyBench bench;
    private final OfferKey offer;
    private Instant clock;

    Publisher(TopologyBench bench, OfferKey offer, Instant from) {
        this.bench = bench;
        this.offer = offer;
        this.clock = from;
    }

    /** Sends something one second later. */
    Publisher send(IndexedRecord envelope) {
        clock = clock.plusSeconds(1);
        bench.send(envelope, clock);
        return this;
    }

    /** A draft whose four sections are complete. */
    Publisher draft() {
        send(Envelopes.create(offer));
        Contents.listingOnly().forEach(content -> send(Envelopes.save(offer, content)));
        return this;
    }

    /** A draft that was submitted and waits for certification. */
    Publisher submitted() {
        return draft().send(Envelopes.submit(offer));
    }

    /** Live as version 1. */
    Publisher live() {
        return submitted().step("CERTIFICATION").step("PREVIEW_CREATION").send(Envelopes.goLive(offer))
                .step("FINAL_PUBLISH");
    }

    /** The pipeline has done a step of the first submission. */
    Publisher step(String step) {
        return send(Envelopes.succeeded(offer, 1, step));
    }

    /** Append time of the newest record. */
    Instant clock() {
        return clock;
    }
}
