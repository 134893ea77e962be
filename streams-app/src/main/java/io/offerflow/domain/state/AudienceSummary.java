package io.offerflow.domain.state;

import java.time.Instant;
import java.util.Optional;

/**
 * What the facts know of an offer's private audiences, so that offers without one never read for them.
 *
 * @param any whether any plan has, or is being given, an audience
 * @param changed whether a saved audience differs from the published one: an unpublished change (B11)
 * @param leftovers whether there are rows to be looked through for what nothing refers to any more
 * @param syncDue when the next sync falls due
 */
public record AudienceSummary(boolean any, boolean changed, boolean leftovers, Optional<Instant> syncDue) {

    static final AudienceSummary NONE = new AudienceSummary(false, false, false, Optional.empty());
}
