package io.offerflow.replay;

import io.offerflow.domain.state.Row;

/** Shows a state to two at once. */
record Both(StateVisitor one, StateVisitor other) implements StateVisitor {

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
    public void row(byte[] offer, Row.Key name, byte[] key, byte[] value) {
        one.row(offer, name, key, value);
        other.row(offer, name, key, value);
    }
}
