package io.offerflow.domain.state.row;

import io.offerflow.domain.model.AudienceType;
import java.util.List;
import java.util.Optional;

/**
 * Somebody in one generation of an audience.
 *
 * @param intervals when they were in it, oldest first
 */
public record AudienceMemberRow(AudienceType type, Optional<String> label, List<MembershipInterval> intervals) implements StateRow {

    /** Whether they were in it at a draft version. */
    public boolean isInAt(long number) {
        return intervals.stream().anyMatch(interval -> interval.holds(number));
    }
}
