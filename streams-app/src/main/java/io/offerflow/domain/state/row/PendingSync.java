package io.offerflow.domain.state.row;

import java.time.Instant;
import java.util.List;

/**
 * A sync of audiences that is not due yet (B12).
 *
 * @param revision the draft version whose audiences will count
 */
public record PendingSync(long revision, Instant effectiveAt, List<String> planIds) {
}
