package io.offerflow.domain.state.row;

import io.offerflow.domain.model.Value;

/** What a plan says. */
public record PlanRow(Value.Struct content) implements StateRow {
}
