package io.offerflow.simulation.model;

import io.offerflow.domain.model.OutcomeResult;
import io.offerflow.domain.model.Reason;
import java.util.Optional;

/** The expected answer. */
record Verdict(OutcomeResult result, Optional<Reason> reason, Optional<Long> download) {

    static final Verdict OK = new Verdict(OutcomeResult.ACCEPTED, Optional.empty(), Optional.empty());

    static Verdict no(Reason reason) {
        return new Verdict(OutcomeResult.REJECTED, Optional.of(reason), Optional.empty());
    }

    static Verdict over(Reason reason) {
        return new Verdict(OutcomeResult.IGNORED, Optional.of(reason), Optional.empty());
    }

    static Verdict version(long version) {
        return new Verdict(OutcomeResult.ACCEPTED, Optional.empty(), Optional.of(version));
    }
}
