package io.offerflow.bench.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The sandbox's broker and registry in a JVM of its own, with every topic of the catalogue; one replica. */
public final class Broker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Child child;
    private final int partitions;
    private final String bootstrapServers;
    private final String registryUrl;

    private Broker(Child child, int partitions, String bootstrapServers, String registryUrl) {
        this.child = child;
        this.partitions = partitions;
        this.bootstrapServers = bootstrapServers;
        this.registryUrl = registryUrl;
    }

    /**
     * Starts it on a new folder.
     *
     * @param folder for its data and log
     * @param partitions of every topic
     */
    public static Broker start(Path folder, int partitions) throws InterruptedException {
        Child child = Child.fork("broker", BrokerProcess.class, folder, List.of("-Xms1g", "-Xmx1g"),
                List.of("folder=" + folder.resolve("data"), "partitions=" + partitions));
        try {
            String[] said = child.await(Signals.READY, PATIENCE).split(" ");
            return new Broker(child, partitions, said[0], said[1]);
        } catch (RuntimeException | InterruptedException e) {
            child.kill();
            throw e;
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public String registryUrl() {
        return registryUrl;
    }

    public int partitions() {
        return partitions;
    }

    /** Processor time that it has used so far. */
    public Duration cpu() {
        return child.cpu();
    }

    @Override
    public void close() {
        child.close();
    }
}
