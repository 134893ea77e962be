package io.offerflow.domain.state.row;

import java.util.Optional;

/**
 * How a plan that was ever live is sold.
 *
 * @param epoch periods in which the plan was on sale, the current one included
 * @param stoppedAt the draft version at which its own stop took effect; nothing while it has none
 * @param isPrivate whether the version on sale is private
 * @param deleted gone from the portal; the id stays reserved (B14)
 */
public record PlanSale(long epoch, Optional<Long> stoppedAt, boolean isPrivate, boolean deleted) {

    /** Whether it is sold while the offer is. */
    public boolean sold() {
        return stoppedAt.isEmpty() && !deleted;
    }
}
