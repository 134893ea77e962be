package io.offerflow.replay.fold;

import io.offerflow.domain.state.row.RowKey;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** A rebuilt state in memory, as bytes. */
public final class CollectingSink implements StateSink, StateSink.PartitionSink {

    private final SortedMap<byte[], byte[]> state = new TreeMap<>(Arrays::compareUnsigned);
    private boolean complete;

    public SortedMap<byte[], byte[]> state() {
        return state;
    }

    public boolean isComplete() {
        return complete;
    }

    @Override
    public StateSink.PartitionSink part(int partition) {
        return this;
    }

    @Override
    public void policy(byte[] key, byte[] value) {
        state.put(key, value);
    }

    @Override
    public void offer(byte[] key, byte[] header) {
        state.put(key, header);
    }

    @Override
    public void row(byte[] offer, RowKey name, byte[] key, byte[] value) {
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
