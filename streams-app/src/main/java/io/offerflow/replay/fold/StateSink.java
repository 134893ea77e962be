package io.offerflow.replay.fold;

/** Where rebuilt states go: nothing of it counts before {@link #complete}. */
public interface StateSink extends AutoCloseable {

    /** One partition's state on its way; used by one thread. */
    interface PartitionSink extends StateVisitor, AutoCloseable {
        @Override
        void close();
    }

    /** Takes the state of one partition; called by several threads. */
    PartitionSink part(int partition);

    /** All partitions are there: now it counts. */
    void complete();

    /** Ends; what was not completed is gone. */
    @Override
    void close();
}
