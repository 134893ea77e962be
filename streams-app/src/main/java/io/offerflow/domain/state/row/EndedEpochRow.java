package io.offerflow.domain.state.row;

/** The version that was live when a period of sale ended: what those who bought in it keep (D11, S28). */
public record EndedEpochRow(long version) implements StateRow {
}
