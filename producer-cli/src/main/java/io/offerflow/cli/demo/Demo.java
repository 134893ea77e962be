package io.offerflow.cli.demo;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.cli.feed.Feed;
import io.offerflow.cli.notify.LocalNotifier;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.gateway.Gateway;
import io.offerflow.gateway.GatewayConfig;
import io.offerflow.runtime.OfferService;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts all that a demo needs, runs it, and stops everything again. */
public final class Demo {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DemoOptions options;
    private final PrintWriter out;
    private final Terminal terminal;
    private final ObservedState observed = new ObservedState();

    public Demo(DemoOptions options, PrintWriter out, Terminal terminal) {
        this.options = options;
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Runs until every feed is complete.
     *
     * @return an exit code
     * @throws CliFailure if a feed fails or the time limit is reached
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
            return run(sandbox, state.path(), feeds);
        }
    }

    /** Makes {@link #run()} return soon; may be called from another thread. */
    public void stop() {
        observed.end();
    }

    private int run(Sandbox sandbox, Path state, List<Feed> feeds) throws Exception {
        Stopwatch watch = Stopwatch.start();
        ServiceConfig config = ServiceConfig.of(Map.of(
                "bootstrap.servers", sandbox.bootstrapServers(),
                "schema.registry.url", sandbox.registryUrl(),
                "application.id", "offerflow-demo",
                "http.port", "0",
                "state.dir", state.toString()));
        try (LocalNotifier notifier = LocalNotifier.start(sandbox.bootstrapServers(), sandbox.registryUrl(),
                        options.mails().orElse(state.resolve("mails")));
                OfferService service = OfferService.start(config);
                RegistryClient registry = new RegistryClient(RegistryOptions.at(sandbox.registryUrl()))) {
            if (!service.awaitReady(PATIENCE)) {
                throw new CliFailure(ExitCode.FAILURE, service.failure().orElseGet(() ->
                        "The service was not ready within %d s; its log is above.".formatted(PATIENCE.toSeconds())));
            }
            String mails = notifier.awaitReady();
            say("  service   ready after " + watch);
            say("  mails     " + mails + (options.mails().isPresent() ? "" : " (--mails DIR keeps them)"));
            return run(sandbox, feeds, service, notifier, registry);
        }
    }

    private int run(Sandbox sandbox, List<Feed> feeds, OfferService service, LocalNotifier notifier,
            RegistryClient registry) throws InterruptedException {
        Map<String, String> settings = new HashMap<>(notifier.gatewaySettings());
        settings.putAll(Map.of("bootstrap.servers", sandbox.bootstrapServers(),
                "schema.registry.url", sandbox.registryUrl(), "http.port", "0",
                "query.url", "http://127.0.0.1:%d".formatted(service.httpPort().orElseThrow())));
        try (Gateway gateway = Gateway.start(GatewayConfig.of(settings))) {
            say("  gateway   http://127.0.0.1:%d".formatted(gateway.port()));
            say("  feeds     " + String.join(", ", feeds.stream().map(Feed::name).toList()));
            say("");
            Cluster cluster = new Cluster(sandbox.bootstrapServers(), registry);
            DemoResult result = new DemoRun(options, cluster, feeds, observed, out, terminal).run();
            new DemoSummary(out, terminal).print(result, sandbox);
            return exitCode(result);
        }
    }

    private static int exitCode(DemoResult result) {
        if (result.failure().isPresent()) {
            throw new CliFailure(ExitCode.FAILURE, "The demo failed: " + result.failure().get(),
                    result.failure().get());
        }
        if (!result.failed().isEmpty()) {
            throw new CliFailure(ExitCode.FAILURE, "A feed failed: " + String.join("; ", result.failed()) + ".");
        }
        if (!result.unfinished().isEmpty()) {
            throw new CliFailure(ExitCode.TIMED_OUT, "The demo ended after %d s, while %s.".formatted(
                    result.took().toSeconds(), String.join("; ", result.unfinished())));
        }
        return ExitCode.DONE;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    /** Shows the time since its start. */
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
