package io.offerflow.cli.demo;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.SandboxFlags;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.console.UntilInterrupted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Everything on one machine: broker, registry, service, simulated pipeline and publishers. */
@Command(name = "demo", description = "See offers go live: start a broker, a registry, the service, the simulated"
        + " pipeline and some publishers, all in this process, and tell what happens.",
        footer = {"", "Nothing is left behind. While it runs, other commands can look on, for example:",
            "  offerflow tail notifications --from-beginning"})
public final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private SandboxFlags sandbox;

    @Option(names = "--seed", defaultValue = "1", description = "For the random part of delays (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--samples", paramLabel = "DIR",
            description = "Feeds to play, *.jsonl, one publisher's system each (the samples of this project).")
    private Optional<Path> samples;

    @Option(names = "--pace", paramLabel = "MILLIS", defaultValue = "300",
            description = "Pause of a publisher before each command, and half of what a step takes"
                    + " (${DEFAULT-VALUE}).")
    private int paceMillis;

    @Option(names = "--time-limit", paramLabel = "SECONDS", defaultValue = "180",
            description = "When to give up (${DEFAULT-VALUE}).")
    private int limitSeconds;

    @Override
    public Integer call() throws Exception {
        if (paceMillis < 0 || limitSeconds < 1) {
            throw new CliFailure(ExitCode.USAGE,
                    "--time-limit must be at least 1, --pace at least 0.");
        }
        DemoOptions options = new DemoOptions(sandbox.brokerPort(), sandbox.registryPort(), sandbox.partitions(),
                samples.orElseGet(DemoCommand::ownSamples), Duration.ofMillis(paceMillis),
                Duration.ofSeconds(limitSeconds), seed);
        Demo demo = new Demo(options, ServiceUnderDemo::offerService, spec.commandLine().getOut(), Terminal.detect());
        AtomicInteger exitCode = new AtomicInteger();
        UntilInterrupted.run(() -> exitCode.set(demo.run()), demo::stop);
        return exitCode.get();
    }

    /** The launcher says where the project lies; without it, the current directory is the best guess. */
    private static Path ownSamples() {
        return Path.of(System.getProperty("offerflow.home", "."), "samples");
    }
}
