package io.offerflow.bench.run;

import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import java.nio.file.Path;
import java.util.List;

/** The broker and registry of the sandbox in a separate JVM, with every topic of the catalogue; one replica. */
public final class BenchBroker extends ForkedJvm {

    private final BrokerAddresses addresses;
    private final int partitions;

    private record BrokerAddresses(String bootstrapServers, String registryUrl) {
    }

    private record BrokerProgram(Path folder, int partitions) implements ForkedProgram {

        @Override
        public void run() {
            try (Sandbox sandbox = Sandbox.start(SandboxOptions.keptIn(folder))) {
                sandbox.createTopics(partitions);
                Signals.readyUntilStopped(new BrokerAddresses(sandbox.bootstrapServers(), sandbox.registryUrl()));
            }
        }
    }

    /**
     * Starts it.
     *
     * @param folder for its data and log; new
     * @param partitions of every topic
     */
    public BenchBroker(Path folder, int partitions) throws InterruptedException {
        super("broker", folder, List.of("-Xms1g", "-Xmx1g"), new BrokerProgram(folder.resolve("data"), partitions));
        this.partitions = partitions;
        addresses = ready(BrokerAddresses.class);
    }

    public SubjectConfig config(Path workload, Path scratch, String run, int commitIntervalMs) {
        return new SubjectConfig(addresses.bootstrapServers(), addresses.registryUrl(), partitions, workload, scratch,
                run, commitIntervalMs);
    }
}
