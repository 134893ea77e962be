package io.offerflow.replay.fold;

import io.offerflow.domain.state.row.RowKey;

/** Passes every entry to two visitors. */
record TeeVisitor(StateVisitor one, StateVisitor other) implements StateVisitor {

    @Override
    public void policy(byte[] key, byte[] value) {
        one.policy(key, value);
        other.policy(key, value);
    }

    @Override
    public void offer(byte[] key, byte[] header) {
        one.offer(key, header);
        other.offer(key, header);
    }

    @Override
    public void row(byte[] offer, RowKey name, byte[] key, byte[] value) {
        one.row(offer, name, key, value);
        other.row(offer, name, key, value);
    }
}
