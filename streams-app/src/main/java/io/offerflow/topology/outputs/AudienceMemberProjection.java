package io.offerflow.topology.outputs;

import io.offerflow.avro.AudienceIdType;
import io.offerflow.avro.AudienceInterval;
import io.offerflow.avro.AudienceMember;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.state.row.AudienceMemberRow;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import io.offerflow.topology.outputs.Projection.OutputRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Topic audience-members: the rows of members, and a tombstone for each obsolete one. */
final class AudienceMemberProjection {

    private AudienceMemberProjection() {
    }

    static List<OutputRow> of(Transition transition) {
        List<OutputRow> rows = new ArrayList<>();
        for (Map.Entry<RowKey, Optional<StateRow>> change : transition.after().rows().changes().entrySet()) {
            if (change.getKey() instanceof RowKey.AudienceMemberKey key) {
                rows.add(change.getValue().map(row -> OutputRow.of(row(key, (AudienceMemberRow) row)))
                        .orElseGet(OutputRow::tombstone).under(
                                RootLocaleText.format("%s/%d/%s", key.planId(), key.generation(), key.id())));
            }
        }
        return rows;
    }

    private static AudienceMember row(RowKey.AudienceMemberKey key, AudienceMemberRow member) {
        return new AudienceMember(key.planId(), key.generation(), key.id(),
                AudienceIdType.valueOf(member.type().name()),
                member.label().orElse(null), member.intervals().stream().map(interval ->
                        new AudienceInterval(interval.from(), interval.until().orElse(null))).toList());
    }
}
