package io.offerflow.cli.up;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.PortOption;
import io.offerflow.cli.console.SandboxFlags;
import io.offerflow.cli.console.UntilInterrupted;
import io.offerflow.cli.demo.DemoCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a whole marketplace on one machine until it is interrupted. */
@Command(name = "up", description = "Run a broker, a registry, the service, a gateway and the simulated pipeline"
        + " in this process until Ctrl-C; any client of Kafka or HTTP can connect.",
        footer = {"", "With --data, topics, schema ids and stores are kept, and the next start continues from there."})
public final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private SandboxFlags sandbox;

    @Option(names = "--data", paramLabel = "DIR", description = "Directory for all data; without it, no data is kept.")
    private Optional<Path> data;

    @Option(names = "--http-port", paramLabel = "N", defaultValue = "8080", converter = PortOption.class,
            description = "Port of the query API, or a free one if it is taken; 0 for any (${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(names = "--gateway-port", paramLabel = "N", defaultValue = "8090", converter = PortOption.class,
            description = "Port of the gateway, or a free one if it is taken; 0 for any (${DEFAULT-VALUE}).")
    private int gatewayPort;

    @Option(names = "--pace", paramLabel = "MILLIS", defaultValue = "3000",
            description = "How long a step of the pipeline takes, give or take a quarter (${DEFAULT-VALUE}).")
    private int paceMillis;

    @Option(names = "--samples", paramLabel = "DIR", arity = "0..1", fallbackValue = "",
            description = "Play the feeds of this directory, *.jsonl (the samples of this project).")
    private Optional<String> samples;

    @Override
    public Integer call() throws Exception {
        if (paceMillis < 0) {
            throw new CliFailure(ExitCode.USAGE, "--pace must be at least 0.");
        }
        LocalMarketplace.MarketplaceOptions options = new LocalMarketplace.MarketplaceOptions(data,
                sandbox.brokerPort(), sandbox.registryPort(), httpPort, gatewayPort, sandbox.partitions(),
                Duration.ofMillis(paceMillis), samples.map(directory -> directory.isEmpty()
                        ? DemoCommand.ownSamples() : Path.of(directory)));
        LocalMarketplace marketplace = new LocalMarketplace(options, spec.commandLine().getOut());
        UntilInterrupted.run(marketplace::run, marketplace::stop);
        return ExitCode.DONE;
    }
}
