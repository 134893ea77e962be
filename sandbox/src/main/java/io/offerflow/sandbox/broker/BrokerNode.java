package io.offerflow.sandbox.broker;

import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * A broker, alone or in a cluster on 127.0.0.1. Every node is a controller, too; ids go from 1 to their number.
 *
 * @param controllerPorts of all nodes, in the order of their ids
 * @param listeners the first one is named {@link #CLIENTS}; brokers use the last one among themselves
 */
public record BrokerNode(int id, String clusterId, List<Integer> controllerPorts, List<Listener> listeners) {

    /** Name of the listener for clients. */
    public static final String CLIENTS = "CLIENTS";

    private static final int MOST_REPLICAS = 3;

    /**
     * A listener without encryption.
     *
     * @param advertisedPort that clients are told to use, such as that of a proxy
     */
    public record Listener(String name, int port, int advertisedPort) {
    }

    /** A node that is a cluster by itself. */
    public static BrokerNode alone(int port, int controllerPort) {
        return new BrokerNode(1, Uuid.randomUuid().toString(), List.of(controllerPort),
                List.of(new Listener(CLIENTS, port, port)));
    }

    int clientPort() {
        return listeners.getFirst().port();
    }

    int controllerPort() {
        return controllerPorts.get(id - 1);
    }

    /** Replicas of a topic. */
    public short replicas() {
        return (short) Math.min(MOST_REPLICAS, controllerPorts.size());
    }

    /** Replicas that have to confirm a write: with three, one may be missing. */
    int minInSyncReplicas() {
        return (replicas() + 1) / 2;
    }
}
