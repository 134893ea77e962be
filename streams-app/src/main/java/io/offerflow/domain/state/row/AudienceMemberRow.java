package io.offerflow.domain.state.row;

import io.offerflow.domain.model.AudienceType;
import java.util.List;
import java.util.Optional;

/**
 * A member of one generation of an audience.
 *
 * @param intervals of membership, oldest first
 */
public record AudienceMemberRow(AudienceType type, Optional<String> label, List<MembershipInterval> intervals)
        implements StateRow {

    /** Whether the member was in the audience at a draft version. */
    public boolean isInAt(long number) {
        return intervals.stream().anyMatch(interval -> interval.holds(number));
    }
}
