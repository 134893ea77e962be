package io.offerflow.bench.run;

import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The broker and registry of the sandbox in a JVM of their own, with every topic of the catalogue; one replica. */
public final class BenchBroker implements AutoCloseable {

    private final ForkedJvm jvm;
    private final String bootstrapServers;
    private final String registryUrl;

    private BenchBroker(ForkedJvm jvm, String[] addresses) {
        this.jvm = jvm;
        this.bootstrapServers = addresses[0];
        this.registryUrl = addresses[1];
    }

    /**
     * Starts it.
     *
     * @param folder for its data and log; new
     * @param partitions of every topic
     */
    public static BenchBroker start(Path folder, int partitions) throws InterruptedException {
        ForkedJvm jvm = ForkedJvm.fork("broker", BenchBroker.class, folder, List.of("-Xms1g", "-Xmx1g"),
                List.of("folder=" + folder.resolve("data"), "partitions=" + partitions));
        return new BenchBroker(jvm, jvm.ready());
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public String registryUrl() {
        return registryUrl;
    }

    /** Processor time so far. */
    public Duration cpu() {
        return jvm.cpu();
    }

    @Override
    public void close() {
        jvm.close();
    }

    /** The broker's process. */
    public static void main(String[] arguments) {
        Map<String, String> given = SubjectConfig.settings(arguments);
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.keptIn(Path.of(given.get("folder"))))) {
            sandbox.createTopics(Integer.parseInt(given.get("partitions")));
            Signals.readyUntilStopped(sandbox.bootstrapServers(), sandbox.registryUrl());
        }
        System.exit(0);
    }
}
