package io.offerflow.domain.state.row;

import io.offerflow.domain.model.Problem;
import io.offerflow.domain.model.RelistIntent;
import java.util.List;
import java.util.Optional;

/**
 * A plan in an overview: which revision of its content, and what rules that look at all plans need of it.
 *
 * @param isPrivate whether it is private
 * @param relist whether the save wants a plan that is not sold to be sold again
 */
public record PlanSummary(long revision, long digest, Optional<String> name, Optional<String> pricingModel, boolean isPrivate,
        RelistIntent relist, List<Problem> problems) {

    public PlanSummary withRelist(RelistIntent other) {
        return new PlanSummary(revision, digest, name, pricingModel, isPrivate, other, problems);
    }

    public PlanSummary with(List<Problem> others) {
        return new PlanSummary(revision, digest, name, pricingModel, isPrivate, relist, others);
    }
}
