package io.offerflow.domain.state.row;

import java.util.Optional;

/**
 * The sale of a plan that was ever live.
 *
 * @param epoch number of the current or latest sale epoch of the plan, from 1
 * @param stoppedAt the draft version at which its own stop took effect; empty without one
 * @param isPrivate whether the version on sale is private
 * @param deleted whether it was deleted from the portal; its id stays reserved (B14)
 */
public record PlanSale(long epoch, Optional<Long> stoppedAt, boolean isPrivate, boolean deleted) {

    /** Whether the plan is on sale while the offer is. */
    public boolean sold() {
        return stoppedAt.isEmpty() && !deleted;
    }
}
