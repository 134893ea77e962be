package io.offerflow.topology;

import io.offerflow.domain.Ask;
import io.offerflow.domain.Decision;
import io.offerflow.domain.Entry;
import io.offerflow.domain.Reason;
import io.offerflow.domain.Rule;
import io.offerflow.domain.state.OfferState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The entries of inputs that no rule refuses and that cannot be taken nevertheless: the offer is as it was. */
public final class Faults {

    private Faults() {
    }

    /** A fault in this release prevented the decision. */
    public static Entry internal(OfferState before, Ask ask, Instant appendedAt) {
        return refused(before, ask, appendedAt, Decision.reject(Rule.V34, Reason.INTERNAL_ERROR,
                "Expected to decide this command, but a fault in this release prevented it. "
                        + "Nothing was changed; have it retried."));
    }

    /** What would follow does not fit into a record. */
    public static Entry tooLarge(OfferState before, Ask ask, Instant appendedAt, Outbox.TooLargeException why) {
        return refused(before, ask, appendedAt, Decision.reject(Rule.V34, Reason.TOO_LARGE,
                "Expected a command whose results fit into a record, but %s. Send less at once.", why.getMessage()));
    }

    private static Entry refused(OfferState before, Ask ask, Instant appendedAt, Decision refusal) {
        Instant now = appendedAt.isAfter(before.facts().clock()) ? appendedAt : before.facts().clock();
        return new Entry(before.facts().sequence(), now, Optional.of(ask), List.of(), refusal);
    }
}
