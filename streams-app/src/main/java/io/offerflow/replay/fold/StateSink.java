package io.offerflow.replay.fold;

/** Target of a rebuilt state; nothing is visible before {@link #complete}. */
public interface StateSink extends AutoCloseable {

    /** Target of one partition's state; used by one thread. */
    interface PartitionSink extends StateVisitor, AutoCloseable {
        @Override
        void close();
    }

    /** Opens the sink of one partition; called by several threads. */
    PartitionSink part(int partition);

    /** Makes the state visible; all partitions have been written. */
    void complete();

    /** Discards what was not completed. */
    @Override
    void close();
}
