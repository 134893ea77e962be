package io.offerflow.faults.cluster;

import io.offerflow.sandbox.broker.BrokerNode;
import io.offerflow.sandbox.broker.KRaftBroker;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import java.nio.file.Path;
import java.util.Optional;

/** A broker of the cluster. */
record ClusterBroker(Path directory, BrokerNode node) implements ForkedProgram {

    @Override
    public void run() {
        KRaftBroker broker = KRaftBroker.start(directory, node, Optional.empty());
        Signals.readyUntilStopped(node.id());
        broker.stop();
    }
}
