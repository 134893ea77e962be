package io.offerflow.cli.demo;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.cluster.TopicReader;
import io.offerflow.cli.render.EventNarrator;
import io.offerflow.cli.render.OutputDispatcher;
import java.util.List;

/** Reads the output topics and passes each record to the narrator, the counts and the waiting feeds, in this order. */
final class OutputWatcher implements AutoCloseable {

    private final TopicReader reader;
    private final OutputDispatcher dispatcher;
    private final EventNarrator narrator;

    OutputWatcher(Cluster cluster, EventNarrator narrator, DemoCounts counts, ObservedState observed) {
        this.reader = new TopicReader(cluster, OutputDispatcher.TOPICS, new TopicReader.Start.Beginning());
        this.dispatcher = new OutputDispatcher(cluster.registry(), List.of(narrator, counts, observed));
        this.narrator = narrator;
    }

    void run() {
        reader.run(record -> {
            dispatcher.dispatch(record);
            return true;
        }, narrator::showPlans);
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
