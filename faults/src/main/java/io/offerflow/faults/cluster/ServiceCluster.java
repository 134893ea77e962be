package io.offerflow.faults.cluster;

import io.offerflow.sandbox.broker.BrokerBootstrap;
import io.offerflow.sandbox.broker.BrokerNode;
import io.offerflow.sandbox.host.FreePorts;
import io.offerflow.sandbox.process.ChildJvm;
import io.offerflow.sandbox.process.ForkedProgram;
import io.offerflow.sandbox.registry.DevelopmentRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Utils;

/**
 * Three brokers with three replicas, a registry, and instances of the service with standbys. Every instance reaches
 * every broker through a proxy. All of it is on 127.0.0.1 and in one folder, and ends with this process.
 */
public final class ServiceCluster implements AutoCloseable {

    /** Number of brokers; each is a controller, too. */
    public static final int BROKERS = 3;

    private static final String PEERS = "PEERS";
    private static final List<String> JVM = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            "-Dlogback.configurationFile=faults-logback.xml");

    private final Path folder;
    private final ClusterShape shape;
    private final FreePorts ports = new FreePorts(new ArrayList<>());
    private final Guardian guardian;
    private final int registryPort = ports.take("registry", 0);
    private final String clusterId = Uuid.randomUuid().toString();
    private final List<Integer> controllerPorts = IntStream.range(0, BROKERS).mapToObj(each -> port()).toList();
    private final List<Integer> clientPorts = IntStream.range(0, BROKERS).mapToObj(each -> port()).toList();
    private final List<Member> brokers = new ArrayList<>();
    private final List<Member> instances = new ArrayList<>();
    private final List<List<Link>> links = new ArrayList<>();
    private Optional<DevelopmentRegistry> registry = Optional.empty();

    /** @param partitions of every topic */
    public record ClusterShape(int instances, int partitions, Map<String, String> settings) {
    }

    /**
     * Starts the cluster and returns when it processes inputs.
     *
     * @param folder for all that it writes; removed at the end
     */
    public ServiceCluster(Path folder, ClusterShape shape) throws InterruptedException {
        this.folder = folder;
        this.shape = shape;
        this.guardian = new Guardian(folder);
        try {
            Files.createDirectories(folder.resolve("tmp"));
            startAll();
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("cannot write to " + folder, e);
        } catch (RuntimeException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private int port() {
        return ports.take("cluster", 0);
    }

    private void startAll() throws InterruptedException {
        startRegistry();
        List<List<Integer>> proxyPorts = new ArrayList<>();
        for (int number = 1; number <= shape.instances(); number++) {
            proxyPorts.add(IntStream.range(0, BROKERS).mapToObj(each -> port()).toList());
            links.add(new ArrayList<>());
        }
        for (int id = 1; id <= BROKERS; id++) {
            BrokerNode node = node(id, proxyPorts);
            ClusterBroker program = new ClusterBroker(folder.resolve("broker-" + id), node);
            Member broker = new Member("broker-" + id, () -> fork("broker-" + node.id(), "-Xmx384m", program));
            brokers.add(broker);
            broker.start();
        }
        for (Member broker : brokers) {
            broker.awaitReady();
        }
        BrokerBootstrap bootstrap = new BrokerBootstrap(bootstrapServers(), Map.of());
        bootstrap.startCoordinators();
        bootstrap.createTopics(shape.partitions(), (short) BROKERS);
        for (int index = 0; index < shape.instances(); index++) {
            String name = "instance-" + (index + 1);
            InstanceProgram program = new InstanceProgram(settings(name, proxyPorts.get(index)));
            instances.add(new Member(name, () -> fork(name, "-Xmx512m", program)));
        }
        instances.forEach(Member::start);
        for (Member instance : instances) {
            instance.awaitReady();
        }
    }

    /** Each instance has a listener, whose advertised port is that of its proxy. */
    private BrokerNode node(int id, List<List<Integer>> proxyPorts) {
        List<BrokerNode.Listener> listeners = new ArrayList<>();
        int clients = clientPorts.get(id - 1);
        listeners.add(new BrokerNode.Listener(BrokerNode.CLIENTS, clients, clients));
        for (int index = 0; index < proxyPorts.size(); index++) {
            int port = port();
            int proxy = proxyPorts.get(index).get(id - 1);
            listeners.add(new BrokerNode.Listener("INSTANCE" + (index + 1), port, proxy));
            links.get(index).add(new Link(proxy, port));
        }
        int peers = port();
        listeners.add(new BrokerNode.Listener(PEERS, peers, peers));
        return new BrokerNode(id, clusterId, controllerPorts, listeners);
    }

    private Map<String, String> settings(String name, List<Integer> brokerPorts) {
        Map<String, String> settings = new TreeMap<>(shape.settings());
        settings.put("bootstrap.servers", addresses(brokerPorts));
        settings.put("schema.registry.url", registryUrl());
        settings.put("group.instance.id", name);
        settings.put("num.standby.replicas", "1");
        settings.put("state.dir", state(name).toString());
        settings.put("store.memory.mb", "64");
        return settings;
    }

    private ChildJvm fork(String name, String heap, ForkedProgram program) {
        List<String> flags = new ArrayList<>(JVM);
        flags.add(heap);
        flags.add("-Djava.io.tmpdir=" + folder.resolve("tmp")); // a killed JVM leaves its native libraries
        ChildJvm jvm = new ChildJvm(name, logs(), flags, program);
        guardian.watch(jvm);
        return jvm;
    }

    private static String addresses(List<Integer> brokerPorts) {
        return brokerPorts.stream().map(port -> FreePorts.LOOPBACK + ":" + port).collect(Collectors.joining(","));
    }

    /** The brokers, for clients that no fault cuts off. */
    public String bootstrapServers() {
        return addresses(clientPorts);
    }

    public String registryUrl() {
        return "http://" + FreePorts.LOOPBACK + ":" + registryPort;
    }

    /** The brokers, in the order of their ids. */
    public List<Member> brokers() {
        return brokers;
    }

    public List<Member> instances() {
        return instances;
    }

    /** The connections of an instance to each broker. */
    public List<Link> links(int instance) {
        return links.get(instance);
    }

    /** The state directory of an instance. */
    public Path state(String name) {
        return folder.resolve("state").resolve(name);
    }

    /** Folder of the logs of all processes. */
    public Path logs() {
        return folder.resolve("logs");
    }

    /** Deletes the stores of an instance that does not run. */
    public void wipe(Member instance) {
        try {
            Utils.delete(state(instance.name()).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the state of " + instance.name(), e);
        }
    }

    public synchronized void startRegistry() {
        registry = Optional.of(DevelopmentRegistry.start(registryPort, folder.resolve("registry.jsonl")));
    }

    public synchronized void stopRegistry() {
        registry.ifPresent(DevelopmentRegistry::close);
        registry = Optional.empty();
    }

    /** Starts processes again that have ended by themselves. */
    public void revive() throws InterruptedException {
        for (Member instance : instances) {
            instance.revive();
        }
    }

    /** Stops all instances in good order. */
    public void stopInstances() {
        instances.parallelStream().forEach(Member::close);
    }

    @Override
    public void close() {
        brokers.forEach(Member::kill);
        instances.forEach(Member::kill);
        links.forEach(all -> all.forEach(Link::close));
        stopRegistry();
        guardian.close();
    }
}
