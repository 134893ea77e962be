package io.offerflow.sandbox.broker;

import io.offerflow.contract.Topic;
import io.offerflow.sandbox.host.FreePorts;
import io.offerflow.sandbox.host.SandboxException;
import io.offerflow.sandbox.host.SandboxSecurity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A Kafka broker and its controller in this JVM, one node in both roles: alone, or one of a cluster.
 *
 * <p>Only this file uses internal classes of Kafka ({@code kafka.server}, {@code org.apache.kafka.metadata}). They may
 * change with any release: check this file and its tests when the version of Kafka changes. A fault that is fatal for
 * Kafka, such as a missing data directory, ends the JVM.
 */
public final class KRaftBroker {

    /** The partitions of each of the topics for groups and for transactions. */
    public static final int INTERNAL_PARTITIONS = 4;

    private static final String CLIENTS = BrokerNode.CLIENTS;
    private static final String CONTROLLER = "CONTROLLER";
    private static final String HOST = FreePorts.LOOPBACK;

    private final KafkaRaftServer server;

    private KRaftBroker(KafkaRaftServer server) {
        this.server = server;
    }

    /** Starts a broker on a directory, which is formatted first if it is new. */
    public static KRaftBroker start(Path directory, BrokerNode node, Optional<SandboxSecurity> security) {
        format(directory, node, security);
        try {
            KafkaRaftServer server = new KafkaRaftServer(
                    KafkaConfig.fromProps(settings(directory, node, security), false), Time.SYSTEM);
            startUp(server);
            return new KRaftBroker(server);
        } catch (RuntimeException e) {
            throw new SandboxException("the broker did not start on %s:%d with its data in %s: %s"
                    .formatted(HOST, node.clientPort(), directory, rootMessage(e)), e);
        }
    }

    private static void startUp(KafkaRaftServer server) {
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
    }

    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path directory, BrokerNode node, Optional<SandboxSecurity> security) {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(directory);
            new Formatter()
                    .setNodeId(node.id())
                    .setClusterId(node.clusterId())
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setControllerListenerName(CONTROLLER)
                    .setScramArguments(security.map(SandboxSecurity::firstCredentials).stream().toList())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .run();
        } catch (IOException e) {
            throw new SandboxException("cannot write to " + directory + ": " + e, e);
        } catch (Exception e) {
            throw new SandboxException("cannot make %s ready for the broker: %s; delete it and start again"
                    .formatted(directory, rootMessage(e)), e);
        }
    }

    private static Properties settings(Path directory, BrokerNode node, Optional<SandboxSecurity> security) {
        Properties all = new Properties();
        // identity and addresses
        set(all, "node.id", node.id());
        set(all, "process.roles", "broker,controller");
        set(all, "listeners", "%s,%s://%s:%d".formatted(addresses(node, BrokerNode.Listener::port), CONTROLLER, HOST,
                node.controllerPort()));
        set(all, "advertised.listeners", addresses(node, BrokerNode.Listener::advertisedPort));
        set(all, "listener.security.protocol.map", Stream.concat(node.listeners().stream()
                .map(BrokerNode.Listener::name), Stream.of(CONTROLLER)).map("%s:PLAINTEXT"::formatted)
                .collect(Collectors.joining(",")));
        set(all, "inter.broker.listener.name", node.listeners().getLast().name());
        set(all, "controller.listener.names", CONTROLLER);
        set(all, "controller.quorum.voters", IntStream.range(0, node.controllerPorts().size())
                .mapToObj(index -> "%d@%s:%d".formatted(index + 1, HOST, node.controllerPorts().get(index)))
                .collect(Collectors.joining(",")));
        set(all, "log.dirs", directory.toString());
        // a single node has the only replica of everything
        set(all, "default.replication.factor", node.replicas());
        set(all, "min.insync.replicas", node.minInSyncReplicas());
        set(all, "offsets.topic.replication.factor", node.replicas());
        set(all, "transaction.state.log.replication.factor", node.replicas());
        set(all, "transaction.state.log.min.isr", node.minInSyncReplicas());
        set(all, "share.coordinator.state.topic.replication.factor", node.replicas());
        set(all, "share.coordinator.state.topic.min.isr", node.minInSyncReplicas());
        // few internal partitions and a small cleaner: ready in seconds, in a heap shared with an application
        set(all, "offsets.topic.num.partitions", INTERNAL_PARTITIONS);
        set(all, "transaction.state.log.num.partitions", INTERNAL_PARTITIONS);
        set(all, "share.coordinator.state.topic.num.partitions", 1);
        set(all, "log.cleaner.dedupe.buffer.size", 16 * 1024 * 1024);
        set(all, "num.network.threads", 2);
        set(all, "num.io.threads", 4);
        set(all, "metric.reporters", "");
        // after a kill the controller considers the broker alive until this timeout, and a new broker has to wait
        set(all, "broker.session.timeout.ms", 5_000);
        set(all, "broker.heartbeat.interval.ms", 1_000);
        // settings that the service requires
        set(all, "auto.create.topics.enable", false);
        set(all, "group.initial.rebalance.delay.ms", 0);
        set(all, "message.max.bytes", Topic.OUTPUT_MAX_BYTES);
        security.ifPresent(with -> with.broker(CLIENTS, CONTROLLER).forEach((name, value) -> set(all, name, value)));
        return all;
    }

    private static String addresses(BrokerNode node, ToIntFunction<BrokerNode.Listener> port) {
        return node.listeners().stream().map(listener ->
                "%s://%s:%d".formatted(listener.name(), HOST, port.applyAsInt(listener)))
                .collect(Collectors.joining(","));
    }

    private static void set(Properties all, String name, Object value) {
        all.setProperty(name, value.toString());
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
