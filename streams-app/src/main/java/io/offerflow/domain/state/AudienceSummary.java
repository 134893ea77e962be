package io.offerflow.domain.state;

import java.time.Instant;
import java.util.Optional;

/**
 * The summary of an offer's private audiences in the header, so that offers without one read no rows for them.
 *
 * @param any whether any plan has an audience or a pending import of one
 * @param changed whether a saved audience differs from the published one: an unpublished change (B11)
 * @param leftovers whether obsolete rows may be left to delete
 * @param syncDue when the next sync falls due; empty if none is pending
 */
public record AudienceSummary(boolean any, boolean changed, boolean leftovers, Optional<Instant> syncDue) {

    static final AudienceSummary NONE = new AudienceSummary(false, false, false, Optional.empty());
}
