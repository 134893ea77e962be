package io.offerflow.domain.state.row;

import io.offerflow.domain.model.Value;

/** The content of a plan. */
public record PlanRow(Value.Struct content) implements StateRow {
}
