package io.offerflow.topology;

import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Decision;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Reason;
import io.offerflow.domain.model.Rule;
import io.offerflow.domain.state.OfferState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The entries of inputs and due times that cannot be processed although no rule refuses them: the state is unchanged.
 */
public final class FallbackEntries {

    private FallbackEntries() {
    }

    /** A fault in this release prevented the decision. */
    public static Entry internal(OfferState before, CommandEnvelope envelope, Instant appendedAt) {
        return rejected(before, envelope, appendedAt, Decision.reject(Rule.V34, Reason.INTERNAL_ERROR,
                "Expected to decide this command, but a fault in this release prevented it. "
                        + "Nothing was changed; have it retried."));
    }

    /** An output of the decision does not fit into a record. */
    public static Entry tooLarge(OfferState before, CommandEnvelope envelope, Instant appendedAt,
            OutputEncoder.TooLargeException cause) {
        return rejected(before, envelope, appendedAt, Decision.reject(Rule.V34, Reason.TOO_LARGE,
                "Expected a command whose results fit into a record, but %s. Send less at once.", cause.getMessage()));
    }

    /** A fault in this release prevented the offer from being advanced past a due time. */
    static Entry postponed(OfferState before, Instant until) {
        return new Entry(before.header().sequence(), until, Optional.empty(), List.of(),
                Decision.reject(Rule.V34, Reason.INTERNAL_ERROR, "Expected to advance the offer to %s, but a fault in "
                        + "this release prevented it. Nothing was changed; it is tried again.", until));
    }

    private static Entry rejected(OfferState before, CommandEnvelope envelope, Instant appendedAt, Decision rejection) {
        Instant clock = before.header().clock();
        return new Entry(before.header().sequence(), appendedAt.isAfter(clock) ? appendedAt : clock,
                Optional.of(envelope), List.of(), rejection);
    }
}
