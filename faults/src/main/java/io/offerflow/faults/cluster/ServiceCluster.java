package io.offerflow.faults.cluster;

import io.offerflow.faults.plant.Plant;
import io.offerflow.faults.plant.PlantedInstance;
import io.offerflow.sandbox.broker.BrokerBootstrap;
import io.offerflow.sandbox.broker.BrokerNode;
import io.offerflow.sandbox.host.FreePorts;
import io.offerflow.process.ChildJvm;
import io.offerflow.process.ForkedProgram;
import io.offerflow.sandbox.registry.DevelopmentRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Utils;

/**
 * Three brokers with three replicas, a registry, instances of the service with standbys, a gateway and a notifier.
 * Every instance reaches every broker through a proxy, and so do the brokers each other. All of it is on 127.0.0.1 and
 * in one folder, and ends with this process.
 */
public final class ServiceCluster implements AutoCloseable {

    /** Number of brokers; each is a controller, too. */
    public static final int BROKERS = 3;

    private static final String PEERS = "PEERS";
    private static final String WEBHOOK_SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final List<String> JVM = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
            "-Dlogback.configurationFile=faults-logback.xml", "-Dkafka.clients.level=WARN");

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
    private final List<Link> peerLinks = new ArrayList<>();
    private Optional<Member> gateway = Optional.empty();
    private Optional<Member> notifier = Optional.empty();
    private String gatewayUrl = "";
    private final Set<String> onNextBuild = ConcurrentHashMap.newKeySet();
    private Optional<SmallDisk> disk = Optional.empty();
    private Optional<OwnClock> clock = Optional.empty();
    private String nextBuild = ChildJvm.CLASS_PATH;
    private Optional<DevelopmentRegistry> registry = Optional.empty();

    /**
     * What the cluster consists of.
     *
     * @param partitions of every topic
     * @param settings of the instances
     * @param edges whether it has a gateway and a notifier
     * @param plant a defect of the instances
     */
    public record ClusterShape(int instances, int partitions, Map<String, String> settings, boolean edges,
            Optional<Plant> plant) {

        ForkedProgram program(Map<String, String> all) {
            return plant.<ForkedProgram>map(defect -> new PlantedInstance(all, partitions, defect))
                    .orElseGet(() -> new InstanceProgram(all));
        }
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

    private void startAll() throws InterruptedException, IOException {
        startRegistry();
        List<List<Integer>> proxyPorts = new ArrayList<>();
        for (int number = 1; number <= shape.instances(); number++) {
            proxyPorts.add(IntStream.range(0, BROKERS).mapToObj(each -> port()).toList());
            links.add(new ArrayList<>());
        }
        for (int id = 1; id <= BROKERS; id++) {
            BrokerNode node = node(id, proxyPorts);
            ClusterBroker program = new ClusterBroker(folder.resolve("broker-" + id), node);
            Member broker = new Member("broker-" + id, () -> fork("broker-" + node.id(), "-Xmx384m", program,
                    ChildJvm.CLASS_PATH, Map.of()));
            brokers.add(broker);
            broker.start();
        }
        for (Member broker : brokers) {
            broker.awaitReady();
        }
        BrokerBootstrap bootstrap = new BrokerBootstrap(bootstrapServers(), Map.of());
        bootstrap.startCoordinators();
        bootstrap.createTopics(shape.partitions(), (short) BROKERS);
        nextBuild = NextBuild.classPath(folder.resolve("next"));
        disk = SmallDisk.mount(state(name(0)));
        clock = OwnClock.of(folder.resolve("clock"));
        for (int index = 0; index < shape.instances(); index++) {
            String name = name(index);
            ForkedProgram program = shape.program(settings(name, proxyPorts.get(index)));
            Map<String, String> environment = clock.filter(own -> name.equals(name(shape.instances() - 1)))
                    .map(OwnClock::environment).orElse(Map.of());
            instances.add(new Member(name, () -> fork(name, "-Xmx512m", program,
                    onNextBuild.contains(name) ? nextBuild : ChildJvm.CLASS_PATH, environment)));
        }
        instances.forEach(Member::start);
        for (Member instance : instances) {
            instance.awaitReady();
        }
        if (shape.edges()) {
            startEdges();
        }
    }

    private void startEdges() throws InterruptedException, IOException {
        int port = port();
        gatewayUrl = "http://%s:%d".formatted(FreePorts.LOOPBACK, port);
        gateway = Optional.of(edge("gateway", new ClusterGateway(Map.of("bootstrap.servers", bootstrapServers(),
                "schema.registry.url", registryUrl(), "http.port", Integer.toString(port),
                "delivery.timeout.ms", "5000"))));
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("first"), WEBHOOK_SECRET);
        notifier = Optional.of(edge("notifier", new ClusterNotifier(Map.of("bootstrap.servers", bootstrapServers(),
                "schema.registry.url", registryUrl(), "webhooks.allow", "127.0.0.0/8",
                "webhooks.secrets", secrets.toString(), "retry.first", "PT0.5S", "group.instance.id", "notifier",
                "kafka.session.timeout.ms", "6000"))));
        for (Member edge : edges()) {
            edge.start();
            edge.awaitReady();
        }
    }

    private Member edge(String name, ForkedProgram program) {
        return new Member(name, () -> fork(name, "-Xmx256m", program, ChildJvm.CLASS_PATH, Map.of()));
    }

    private static String name(int index) {
        return "instance-" + (index + 1);
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
        int peerProxy = port();
        listeners.add(new BrokerNode.Listener(PEERS, peers, peerProxy));
        peerLinks.add(new Link(peerProxy, peers));
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
        if (name.equals(name(1))) { // the second instance keeps its stores after a kill
            settings.put("kafka.enable.transactional.statestores", "true");
        }
        return settings;
    }

    private ChildJvm fork(String name, String heap, ForkedProgram program, String classPath,
            Map<String, String> environment) {
        List<String> flags = new ArrayList<>(JVM);
        flags.add(heap);
        flags.add("-Djava.io.tmpdir=" + folder.resolve("tmp")); // a killed JVM leaves its native libraries
        ChildJvm jvm = new ChildJvm(name, logs(), new ChildJvm.JvmOptions(flags, classPath, environment), program);
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

    public Optional<Member> gateway() {
        return gateway;
    }

    /** Where clients reach the gateway. */
    public String gatewayUrl() {
        return gatewayUrl;
    }

    public Optional<Member> notifier() {
        return notifier;
    }

    /** The gateway and the notifier, if they are there. */
    public List<Member> edges() {
        return Stream.concat(gateway.stream(), notifier.stream()).toList();
    }

    /** The connections of the other brokers to a broker. */
    public Link peerLink(Member broker) {
        return peerLinks.get(brokers.indexOf(broker));
    }

    /** The connections of an instance to each broker. */
    public List<Link> links(Member instance) {
        return links.get(instances.indexOf(instance));
    }

    /** The state directory of an instance. */
    public Path state(String name) {
        return folder.resolve("state").resolve(name);
    }

    /** Folder of the logs of all processes. */
    public Path logs() {
        return folder.resolve("logs");
    }

    /** Deletes the stores of an instance that does not run; its directory may be a mount point. */
    public void wipe(Member instance) {
        try (Stream<Path> all = Files.list(state(instance.name()))) {
            for (Path each : all.toList()) {
                Utils.delete(each.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the state of " + instance.name(), e);
        }
    }

    /** The instance whose state directory is on a disk that can be filled; empty if this user may not mount. */
    public Optional<Member> smallDisk() {
        return disk.map(mounted -> instances.getFirst());
    }

    public void fillDisk() {
        disk.ifPresent(SmallDisk::fill);
    }

    public void emptyDisk() {
        disk.ifPresent(SmallDisk::empty);
    }

    /** The instance whose clock can be set; empty if libfaketime is not installed. */
    public Optional<Member> ownClock() {
        return clock.map(own -> instances.getLast());
    }

    /** Sets the clock of an instance. */
    public void setClock(Duration ahead) {
        clock.ifPresent(own -> own.set(ahead));
    }

    /** Chooses the build with which an instance starts from now on. */
    public void useNextBuild(Member instance, boolean next) {
        if (next) {
            onNextBuild.add(instance.name());
        } else {
            onNextBuild.remove(instance.name());
        }
    }

    public synchronized void startRegistry() {
        registry = Optional.of(DevelopmentRegistry.start(registryPort, folder.resolve("registry.jsonl")));
    }

    public synchronized void stopRegistry() {
        registry.ifPresent(DevelopmentRegistry::close);
        registry = Optional.empty();
    }

    /** Stops all instances in good order. */
    public void stopInstances() {
        instances.parallelStream().forEach(Member::close);
    }

    @Override
    public void close() {
        brokers.forEach(Member::kill);
        instances.forEach(Member::kill);
        edges().forEach(Member::kill);
        peerLinks.forEach(Link::close);
        links.forEach(all -> all.forEach(Link::close));
        stopRegistry();
        guardian.close();
    }
}
