package io.offerflow.simulation;

import io.offerflow.domain.Ask;
import io.offerflow.domain.Entry;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.Policy;
import io.offerflow.domain.state.Evolution;
import io.offerflow.domain.state.OfferState;
import io.offerflow.topology.Moment;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Projection.Projected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rules as the simulation calls them, so that a planted mistake can change one of them. */
interface Rules {

    /** The entry for an input. */
    Entry take(OfferState offer, Ask ask, Instant appendedAt);

    /** The entry for the passing of time, if anything is due. */
    Optional<Entry> advance(OfferState offer, Instant until);

    /** The state after an entry. */
    OfferState apply(OfferState offer, Entry entry);

    /** The records of an output. */
    List<Projected> records(Projection output, Moment moment);

    /** The service's own rules. */
    static Rules of(Policy policy) {
        OfferEngine engine = new OfferEngine(policy);
        return new Rules() {
            @Override
            public Entry take(OfferState offer, Ask ask, Instant appendedAt) {
                return engine.take(offer, ask, appendedAt);
            }

            @Override
            public Optional<Entry> advance(OfferState offer, Instant until) {
                return engine.advance(offer, until);
            }

            @Override
            public OfferState apply(OfferState offer, Entry entry) {
                return Evolution.apply(offer, entry);
            }

            @Override
            public List<Projected> records(Projection output, Moment moment) {
                return output.values().apply(moment);
            }
        };
    }
}
