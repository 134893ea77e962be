package io.offerflow.domain.state.row;

/** The version that was live when a sale epoch ended, which its customers keep (D11, S28). */
public record EndedEpochRow(long version) implements StateRow {
}
