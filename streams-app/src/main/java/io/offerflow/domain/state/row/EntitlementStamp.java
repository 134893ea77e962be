package io.offerflow.domain.state.row;

import java.time.Instant;

/** Stamped when it was bought and never touched by a stop or a removal. */
public record EntitlementStamp(long offerEpoch, long planEpoch, long revocations, Instant since) {
}
