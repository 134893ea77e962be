package io.offerflow.domain.state.row;

import java.util.Optional;

/**
 * Draft versions between which a member was in an audience.
 *
 * @param until the first draft version without the member; empty while the member is in the audience
 * @param byHand added by hand, not imported (B22)
 */
public record MembershipInterval(long from, Optional<Long> until, boolean byHand) {

    boolean holds(long number) {
        return from <= number && until.filter(end -> number >= end).isEmpty();
    }
}
