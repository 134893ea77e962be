package io.offerflow.sandbox;

import io.offerflow.sandbox.broker.BrokerBootstrap;
import io.offerflow.sandbox.broker.BrokerNode;
import io.offerflow.sandbox.broker.KRaftBroker;
import io.offerflow.sandbox.host.DataDirectory;
import io.offerflow.sandbox.host.FreePorts;
import io.offerflow.sandbox.host.SandboxException;
import io.offerflow.sandbox.host.SandboxSecurity;
import io.offerflow.sandbox.registry.DevelopmentRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real Kafka broker and a schema registry in this JVM, on 127.0.0.1 only: for the demo, the tests and the
 * benchmarks. Development only: one node, no redundancy, and no security unless asked for.
 */
public final class Sandbox implements AutoCloseable {

    private static final short ONE_REPLICA = 1;

    private final DataDirectory data;
    private final List<String> notices = new ArrayList<>();
    private final FreePorts ports = new FreePorts(notices);
    private final int brokerPort;
    private final int registryPort;
    private final Optional<SandboxSecurity> security;
    private Optional<KRaftBroker> broker = Optional.empty();
    private Optional<DevelopmentRegistry> registry = Optional.empty();
    private boolean closed;

    private Sandbox(DataDirectory data, SandboxOptions options) {
        this.data = data;
        this.brokerPort = ports.take("broker", options.brokerPort());
        this.registryPort = ports.take("registry", options.registryPort());
        this.security = options.security();
    }

    /**
     * Starts broker and registry and returns when both can be used.
     *
     * @throws SandboxException if one of them could not be started; nothing is left running then
     */
    public static Sandbox start(SandboxOptions options) {
        DataDirectory data = DataDirectory.open(options.dataDirectory());
        try {
            Sandbox sandbox = new Sandbox(data, options);
            sandbox.startAll();
            return sandbox;
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private void startAll() {
        startRegistry();
        try {
            startBroker();
        } catch (RuntimeException e) {
            stopRegistry();
            stopBroker();
            throw e;
        }
    }

    /** Value for {@code bootstrap.servers}; stays the same when the broker is stopped and started. */
    public String bootstrapServers() {
        return FreePorts.LOOPBACK + ":" + brokerPort;
    }

    /** Value for {@code schema.registry.url}; stays the same when the registry is stopped and started. */
    public String registryUrl() {
        return "http://" + FreePorts.LOOPBACK + ":" + registryPort;
    }

    /** One sentence for the user per wanted port that was in use, with the port used instead. */
    public List<String> notices() {
        return List.copyOf(notices);
    }

    /**
     * Creates the topics of the catalogue that do not exist; existing topics keep their number of partitions.
     *
     * @param partitions number of partitions of each topic
     */
    public void createTopics(int partitions) {
        bootstrap().createTopics(partitions, ONE_REPLICA);
    }

    /** Stops the broker in good order; its port and data are kept. */
    public synchronized void stopBroker() {
        broker.ifPresent(KRaftBroker::stop);
        broker = Optional.empty();
    }

    /**
     * Starts the broker again on the same port and data; does nothing if it runs.
     *
     * @throws SandboxException if it does not start, for example because its port is in use now
     */
    public synchronized void startBroker() {
        checkOpen();
        if (broker.isEmpty()) {
            if (!FreePorts.isFree(brokerPort)) {
                throw new SandboxException("the broker cannot listen on %s: the port is in use now; free it, or "
                        .formatted(bootstrapServers()) + "start another sandbox");
            }
            broker = Optional.of(KRaftBroker.start(data.broker(),
                    BrokerNode.alone(brokerPort, ports.take("controller", 0)), security));
            bootstrap().startCoordinators();
        }
    }

    /** Stops the schema registry; its port and content are kept. */
    public synchronized void stopRegistry() {
        registry.ifPresent(DevelopmentRegistry::close);
        registry = Optional.empty();
    }

    /** Starts the schema registry again on the same port and content; does nothing if it runs. */
    public synchronized void startRegistry() {
        checkOpen();
        if (registry.isEmpty()) {
            registry = Optional.of(DevelopmentRegistry.start(registryPort, data.registryFile()));
        }
    }

    private BrokerBootstrap bootstrap() {
        return new BrokerBootstrap(bootstrapServers(), security.map(SandboxSecurity::admin).orElse(Map.of()));
    }

    private void checkOpen() {
        if (closed) {
            throw new SandboxException("this sandbox was closed; start a new one");
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (data) {
            stopRegistry();
            stopBroker();
        }
    }
}
