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

/** The entries of inputs that no rule refuses and that cannot be taken nevertheless: the offer is as it was. */
public final class FallbackEntries {

    private FallbackEntries() {
    }

    /** A fault in this release prevented the decision. */
    public static Entry internal(OfferState before, CommandEnvelope ask, Instant appendedAt) {
        return refused(before, ask, appendedAt, Decision.reject(Rule.V34, Reason.INTERNAL_ERROR,
                "Expected to decide this command, but a fault in this release prevented it. "
                        + "Nothing was changed; have it retried."));
    }

    /** What would follow does not fit into a record. */
    public static Entry tooLarge(OfferState before, CommandEnvelope ask, Instant appendedAt, OutputEncoder.TooLargeException why) {
        return refused(before, ask, appendedAt, Decision.reject(Rule.V34, Reason.TOO_LARGE,
                "Expected a command whose results fit into a record, but %s. Send less at once.", why.getMessage()));
    }

    private static Entry refused(OfferState before, CommandEnvelope ask, Instant appendedAt, Decision refusal) {
        Instant now = appendedAt.isAfter(before.header().clock()) ? appendedAt : before.header().clock();
        return new Entry(before.header().sequence(), now, Optional.of(ask), List.of(), refusal);
    }
}
