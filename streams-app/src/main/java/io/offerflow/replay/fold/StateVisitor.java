package io.offerflow.replay.fold;

import io.offerflow.domain.state.row.RowKey;

/** Receives every entry of a partition's state in key order, in the stored form. */
public interface StateVisitor {

    /** The policy that was recorded last; comes first. */
    void policy(byte[] key, byte[] value);

    /** An offer's header row; its state rows follow. */
    void offer(byte[] key, byte[] header);

    /**
     * A state row, also of an offer without a header row.
     *
     * @param offer key of the offer
     */
    void row(byte[] offer, RowKey name, byte[] key, byte[] value);
}
