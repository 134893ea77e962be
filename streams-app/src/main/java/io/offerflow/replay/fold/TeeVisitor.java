package io.offerflow.replay.fold;

import io.offerflow.domain.state.row.RowKey;

/** Shows a state to two at once. */
record TeeVisitor(StateVisitor one, StateVisitor other) implements StateVisitor {

    @Override
    public void policy(byte[] key, byte[] value) {
        one.policy(key, value);
        other.policy(key, value);
    }

    @Override
    public void offer(byte[] key, byte[] facts) {
        one.offer(key, facts);
        other.offer(key, facts);
    }

    @Override
    public void row(byte[] offer, RowKey name, byte[] key, byte[] value) {
        one.row(offer, name, key, value);
        other.row(offer, name, key, value);
    }
}
