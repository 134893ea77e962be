package io.offerflow.replay;

import io.offerflow.domain.state.Row;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** A rebuilt state in memory, as bytes. */
final class Collected implements StateSink, StateSink.Part {

    private final SortedMap<byte[], byte[]> state = new TreeMap<>(Arrays::compareUnsigned);
    private boolean complete;

    SortedMap<byte[], byte[]> state() {
        return state;
    }

    boolean isComplete() {
        return complete;
    }

    @Override
    public StateSink.Part part(int partition) {
        return this;
    }

    @Override
    public void policy(byte[] key, byte[] value) {
        state.put(key, value);
    }

    @Override
    public void offer(byte[] key, byte[] facts) {
        state.put(key, facts);
    }

    @Override
    public void row(byte[] offer, Row.Key name, byte[] key, byte[] value) {
        state.put(key, value);
    }

    @Override
    public void complete() {
        complete = true;
    }

    @Override
    public void close() {
        // nothing is held open
    }
}
