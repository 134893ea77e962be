package io.offerflow.cli.console;

import picocli.CommandLine.Option;

/** The options of demo and up for the broker and the registry that they start. */
public final class SandboxFlags {

    @Option(names = "--broker-port", paramLabel = "N", defaultValue = "9092", converter = PortOption.class,
            description = "Port of the broker, or a free one if it is taken (${DEFAULT-VALUE}).")
    private int brokerPort;

    @Option(names = "--registry-port", paramLabel = "N", defaultValue = "8081", converter = PortOption.class,
            description = "Port of the schema registry, or a free one if it is taken (${DEFAULT-VALUE}).")
    private int registryPort;

    @Option(names = "--partitions", paramLabel = "N", defaultValue = "4", converter = CountOption.class,
            description = "Partitions of each topic that is created (${DEFAULT-VALUE}).")
    private int partitions;

    public int brokerPort() {
        return brokerPort;
    }

    public int registryPort() {
        return registryPort;
    }

    public int partitions() {
        return partitions;
    }
}
