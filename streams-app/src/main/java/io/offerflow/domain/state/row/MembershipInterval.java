package io.offerflow.domain.state.row;

import java.util.Optional;

/**
 * Draft versions between which somebody was in an audience.
 *
 * @param until the first one without them; nothing while they still are in it
 * @param byHand typed in, not imported (B22)
 */
public record MembershipInterval(long from, Optional<Long> until, boolean byHand) {

    boolean holds(long number) {
        return from <= number && until.filter(end -> number >= end).isEmpty();
    }
}
