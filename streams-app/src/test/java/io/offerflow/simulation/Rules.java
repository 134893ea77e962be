package io.offerflow.simulation;

import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferState;
import io.offerflow.topology.outputs.Projection.OutputRow;
import io.offerflow.topology.outputs.Projection;
import io.offerflow.topology.outputs.Transition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rules as the simulation calls them, so that a planted mistake can change one of them. */
interface Rules {

    /** The entry for an input. */
    Entry take(OfferState offer, CommandEnvelope envelope, Instant appendedAt);

    /** The entry for the passing of time, if anything is due. */
    Optional<Entry> advance(OfferState offer, Instant until);

    /** The state after an entry. */
    OfferState apply(OfferState offer, Entry entry);

    /** The records of an output. */
    List<OutputRow> records(Projection output, Transition transition);

    /** The service's own rules. */
    static Rules of(Policy policy) {
        OfferEngine engine = new OfferEngine(policy);
        return new Rules() {
            @Override
            public Entry take(OfferState offer, CommandEnvelope envelope, Instant appendedAt) {
                return engine.decide(offer, envelope, appendedAt);
            }

            @Override
            public Optional<Entry> advance(OfferState offer, Instant until) {
                return engine.advance(offer, until);
            }

            @Override
            public OfferState apply(OfferState offer, Entry entry) {
                return OfferEvolver.apply(offer, entry);
            }

            @Override
            public List<OutputRow> records(Projection output, Transition transition) {
                return output.values().apply(transition);
            }
        };
    }
}
