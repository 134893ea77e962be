package io.offerflow.simulation.model;

import io.offerflow.domain.Reason;
import io.offerflow.domain.Result;
import java.util.Optional;

/** What is to be answered. */
record Verdict(Result result, Optional<Reason> reason, Optional<Long> download) {

    static final Verdict OK = new Verdict(Result.ACCEPTED, Optional.empty(), Optional.empty());

    static Verdict no(Reason reason) {
        return new Verdict(Result.REJECTED, Optional.of(reason), Optional.empty());
    }

    static Verdict over(Reason reason) {
        return new Verdict(Result.IGNORED, Optional.of(reason), Optional.empty());
    }

    static Verdict version(long version) {
        return new Verdict(Result.ACCEPTED, Optional.empty(), Optional.of(version));
    }
}
