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

/** Runs broker, registry, service, simulated pipeline and publishers on one machine. */
@Command(name = "demo", description = "See offers go live: start a broker, a registry, the service, the simulated"
        + " pipeline and some publishers in this process, and show what happens.",
        footer = {"", "No data is kept. While it runs, other commands can read from it, for example:",
            "  offerflow tail notifications --from-beginning"})
public final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private SandboxFlags sandbox;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the random part of delays (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--samples", paramLabel = "DIR",
            description = "Directory of the feeds, *.jsonl, one per publisher (the samples of this project).")
    private Optional<Path> samples;

    @Option(names = "--pace", paramLabel = "MILLIS", defaultValue = "300",
            description = "Pause of a publisher before each command; a step takes twice as long"
                    + " (${DEFAULT-VALUE}).")
    private int paceMillis;

    @Option(names = "--time-limit", paramLabel = "SECONDS", defaultValue = "180",
            description = "Time limit of the demo (${DEFAULT-VALUE}).")
    private int limitSeconds;

    @Option(names = "--mails", paramLabel = "DIR",
            description = "Directory in which e-mails are kept as .eml files; without it, they are deleted at the end.")
    private Optional<Path> mails;

    @Override
    public Integer call() throws Exception {
        if (paceMillis < 0 || limitSeconds < 1) {
            throw new CliFailure(ExitCode.USAGE,
                    "--time-limit must be at least 1, --pace at least 0.");
        }
        DemoOptions options = new DemoOptions(sandbox.brokerPort(), sandbox.registryPort(), sandbox.partitions(),
                samples.orElseGet(DemoCommand::ownSamples), Duration.ofMillis(paceMillis),
                Duration.ofSeconds(limitSeconds), seed, mails);
        Demo demo = new Demo(options, spec.commandLine().getOut(), Terminal.detect());
        AtomicInteger exitCode = new AtomicInteger();
        UntilInterrupted.run(() -> exitCode.set(demo.run()), demo::stop);
        return exitCode.get();
    }

    /** The launcher sets the directory of the project; without it, the current directory is the best guess. */
    public static Path ownSamples() {
        return Path.of(System.getProperty("offerflow.home", "."), "samples");
    }
}
