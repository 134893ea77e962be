package io.offerflow.domain.state.row;

import java.time.Instant;

/**
 * The epochs and revocations at the time when a customer acquired a plan. A stop or a removal never changes it: the
 * rules of {@code EntitlementRules} compare it with the current ones.
 */
public record EntitlementStamp(long offerEpoch, long planEpoch, long revocations, Instant since) {
}
