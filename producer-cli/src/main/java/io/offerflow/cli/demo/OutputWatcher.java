package io.offerflow.cli.demo;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.cli.render.OutputDispatcher;
import io.offerflow.cli.render.OutputHandler;
import java.util.List;

/** Reads the output topics and passes each record to some handlers, in their order. */
final class OutputWatcher implements AutoCloseable {

    private final TopicReader reader;
    private final OutputDispatcher dispatcher;
    private final Runnable whenIdle;

    /**
     * Watches from the beginning of the topics.
     *
     * @param whenIdle runs each time when there are no more records for now
     */
    OutputWatcher(Cluster cluster, List<OutputHandler> handlers, Runnable whenIdle) {
        this.reader = new TopicReader(cluster, OutputDispatcher.TOPICS, new TopicReader.Start.Beginning());
        this.dispatcher = new OutputDispatcher(cluster.registry(), handlers);
        this.whenIdle = whenIdle;
    }

    void run() {
        reader.run(record -> {
            dispatcher.dispatch(record);
            return true;
        }, whenIdle);
    }

    /** Makes {@link #run} return when it has read everything that is there now. */
    void finish() {
        reader.stopAtEnd();
    }

    @Override
    public void close() {
        reader.close();
    }
}
