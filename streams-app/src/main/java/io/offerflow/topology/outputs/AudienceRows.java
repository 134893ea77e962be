package io.offerflow.topology.outputs;

import io.offerflow.avro.AudienceIdType;
import io.offerflow.avro.AudienceInterval;
import io.offerflow.avro.AudienceMember;
import io.offerflow.domain.Texts;
import io.offerflow.domain.state.Row;
import io.offerflow.topology.Moment;
import io.offerflow.topology.outputs.Projection.Projected;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Topic audience-members: the rows of members as they are kept, a tombstone for one that nothing refers to any more. */
final class AudienceRows {

    private AudienceRows() {
    }

    static List<Projected> of(Moment moment) {
        List<Projected> rows = new ArrayList<>();
        for (Map.Entry<Row.Key, Optional<Row>> change : moment.after().rows().changes().entrySet()) {
            if (change.getKey() instanceof Row.MemberKey key) {
                rows.add(change.getValue().map(row -> Projected.of(row(key, (Row.Member) row)))
                        .orElseGet(Projected::tombstone).under(
                                Texts.format("%s/%d/%s", key.planId(), key.generation(), key.id())));
            }
        }
        return rows;
    }

    private static AudienceMember row(Row.MemberKey key, Row.Member member) {
        return new AudienceMember(key.planId(), key.generation(), key.id(), AudienceIdType.valueOf(member.type().name()),
                member.label().orElse(null), member.intervals().stream().map(interval ->
                        new AudienceInterval(interval.from(), interval.until().orElse(null))).toList());
    }
}
