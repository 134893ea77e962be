package io.offerflow.cli.demo;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.feed.Feed;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets the stage for a demo, lets the play run, and clears up behind it. */
public final class Demo {

    private final DemoOptions options;
    private final ServiceUnderDemo service;
    private final PrintWriter out;
    private final Terminal terminal;
    private final ObservedState sightings = new ObservedState();

    public Demo(DemoOptions options, ServiceUnderDemo service, PrintWriter out, Terminal terminal) {
        this.options = options;
        this.service = service;
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Runs until every feed has come to its end.
     *
     * @return an exit code
     * @throws CliFailure if a feed could not go on, or time ran out
     */
    public int run() throws Exception {
        List<Feed> feeds = Feeds.in(options.samples());
        say(terminal.paint(Style.STRONG, "Offerflow demo: %d publishers, the service and a Kafka broker in one process."
                .formatted(feeds.size())));
        say("");
        Stopwatch watch = Stopwatch.start();
        try (StateDirectory state = StateDirectory.create();
                Sandbox sandbox = Sandbox.start(new SandboxOptions(options.brokerPort(), options.registryPort(),
                        Optional.empty()))) {
            sandbox.notices().forEach(notice -> say("  note      " + notice));
            sandbox.createTopics(options.partitions());
            say("  broker    %s, started with the registry in %s".formatted(sandbox.bootstrapServers(), watch));
            say("  registry  " + sandbox.registryUrl());
            return play(sandbox, state.path(), feeds);
        }
    }

    /** Makes {@link #run} come to an end soon; may be called from another thread. */
    public void stop() {
        sightings.end();
    }

    private int play(Sandbox sandbox, Path state, List<Feed> feeds) throws Exception {
        Stopwatch watch = Stopwatch.start();
        AutoCloseable running = service.start(Map.of(
                "bootstrap.servers", sandbox.bootstrapServers(),
                "schema.registry.url", sandbox.registryUrl(),
                "application.id", "offerflow-demo",
                "state.dir", state.toString()));
        try (running; RegistryClient registry = new RegistryClient(RegistryOptions.at(sandbox.registryUrl()))) {
            say("  service   ready after " + watch);
            say("  feeds     " + String.join(", ", feeds.stream().map(Feed::name).toList()));
            say("");
            Cluster cluster = new Cluster(sandbox.bootstrapServers(), registry);
            DemoRun play = new DemoRun(options, cluster, feeds, sightings, out, terminal);
            DemoResult end = play.run();
            new DemoSummary(out, terminal).print(end, sandbox);
            return exitCode(end);
        }
    }

    private int exitCode(DemoResult end) {
        if (end.failure().isPresent()) {
            throw new CliFailure(ExitCode.FAILURE, "The demo broke off: " + end.failure().get(), end.failure().get());
        }
        if (!end.failed().isEmpty()) {
            throw new CliFailure(ExitCode.FAILURE, "A feed could not go on: " + String.join("; ", end.failed()) + ".");
        }
        if (!end.awaited().isEmpty()) {
            throw new CliFailure(ExitCode.TIMED_OUT, "The demo ended after %d s, while %s.".formatted(
                    end.took().toSeconds(), String.join("; ", end.awaited())));
        }
        return ExitCode.DONE;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    /** How long something took, in words. */
    private record Stopwatch(long startedAt) {
        static Stopwatch start() {
            return new Stopwatch(System.nanoTime());
        }

        @Override
        public String toString() {
            return "%.1f s".formatted(Duration.ofNanos(System.nanoTime() - startedAt).toMillis() / 1000.0);
        }
    }
}
