package io.offerflow.domain.state.row;

import io.offerflow.domain.model.Problem;
import io.offerflow.domain.model.RelistIntent;
import java.util.List;
import java.util.Optional;

/**
 * A plan in an overview: the revision of its content, and the fields that the rules about all plans read.
 *
 * @param relist whether the save requests to sell a plan again that is not sold
 */
public record PlanSummary(long revision, long digest, Optional<String> name, Optional<String> pricingModel,
        boolean isPrivate, RelistIntent relist, List<Problem> problems) {

    public PlanSummary withRelist(RelistIntent other) {
        return new PlanSummary(revision, digest, name, pricingModel, isPrivate, other, problems);
    }

    public PlanSummary with(List<Problem> others) {
        return new PlanSummary(revision, digest, name, pricingModel, isPrivate, relist, others);
    }
}
