package io.offerflow.replay.fold;

import io.offerflow.domain.state.row.RowKey;

/** Is shown a state in the order of its keys: keys and values as the service's stores have them. */
public interface StateVisitor {

    /** The policy that was recorded last. */
    void policy(byte[] key, byte[] value);

    /** An offer's facts; its rows follow. */
    void offer(byte[] key, byte[] facts);

    /**
     * A row of an offer; of one that has no facts, too.
     *
     * @param offer key of the offer
     */
    void row(byte[] offer, RowKey name, byte[] key, byte[] value);
}
