package io.offerflow.cli.up;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.cli.demo.SamplePlayer;
import io.offerflow.cli.notify.LocalNotifier;
import io.offerflow.cli.simulator.PipelineSimulator;
import io.offerflow.cli.simulator.StepDelay;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.gateway.Gateway;
import io.offerflow.gateway.GatewayConfig;
import io.offerflow.runtime.OfferService;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Runs broker, registry, service, gateway, notifier and simulated pipeline on one machine until it is stopped. */
public final class LocalMarketplace {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration PACE_OF_SAMPLES = Duration.ofMillis(300);

    /**
     * The options.
     *
     * @param data the directory for all data
     * @param pace how long a step of the pipeline takes
     * @param samples a directory with feeds to play
     */
    public record MarketplaceOptions(Optional<Path> data, int brokerPort, int registryPort, int httpPort,
            int gatewayPort, int partitions, Duration pace, Optional<Path> samples) {
    }

    private final MarketplaceOptions options;
    private final PrintWriter out;
    /** Fails with a {@link CliFailure} only. */
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    public LocalMarketplace(MarketplaceOptions options, PrintWriter out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Runs until {@link #stop} is called.
     *
     * @throws CliFailure if a part does not start or fails
     */
    public void run() throws Exception {
        try (StateLocation state = StateLocation.in(options.data());
                Sandbox sandbox = Sandbox.start(new SandboxOptions(options.brokerPort(), options.registryPort(),
                        options.data()))) {
            sandbox.notices().forEach(notice -> say("  note      " + notice));
            sandbox.createTopics(options.partitions());
            say("  broker    " + sandbox.bootstrapServers());
            say("  registry  " + sandbox.registryUrl());
            try (RegistryClient registry = new RegistryClient(RegistryOptions.at(sandbox.registryUrl()));
                    LocalNotifier notifier = LocalNotifier.start(sandbox.bootstrapServers(), sandbox.registryUrl(),
                            options.data().orElse(state.path()).resolve("mails"));
                    OfferService service = OfferService.start(config(sandbox, state.path()))) {
                awaitReady(service);
                endWith(service);
                say("  service   http://127.0.0.1:%d".formatted(service.httpPort().orElseThrow()));
                Path reports = options.data().orElse(state.path()).resolve("reports");
                try (Gateway gateway = gateway(sandbox, service, notifier, reports)) {
                    say("  gateway   http://127.0.0.1:%d".formatted(gateway.port()));
                    say("  mails     " + notifier.awaitReady());
                    say("  reports   " + reports);
                    sayWhatToDo(sandbox);
                    simulate(new Cluster(sandbox.bootstrapServers(), registry));
                }
            }
        }
    }

    private void sayWhatToDo(Sandbox sandbox) {
        say("  data      " + options.data().map(Path::toString).orElse("not kept: deleted at the end"));
        say("");
        say("Running until Ctrl-C. Open the address of the gateway in a browser, or, in another terminal:");
        say("  offerflow send --ignore-after samples/contoso-shift-planner.jsonl"
                + " --bootstrap-servers %s --registry-url %s".formatted(
                        sandbox.bootstrapServers(), sandbox.registryUrl()));
    }

    /** Makes {@link #run} return; may be called from another thread. */
    public void stop() {
        end.complete(null);
    }

    /** Ends when the service does. */
    private void endWith(OfferService service) {
        Thread.ofPlatform().name("up-service").daemon().start(() -> {
            try {
                service.awaitEnd();
                service.failure().ifPresent(why -> end.completeExceptionally(
                        new CliFailure(ExitCode.FAILURE, why)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void simulate(Cluster cluster) throws InterruptedException, IOException {
        PipelineSimulator simulator = new PipelineSimulator(cluster, PipelineSimulator.GROUP,
                StepDelay.fixed(options.pace(), new Random()), (request, failed) -> { });
        Thread thread = Thread.ofPlatform().name("up-simulator").daemon().start(() -> {
            try {
                simulator.run();
            } catch (Exception e) {
                end.completeExceptionally(new CliFailure(ExitCode.FAILURE, "The simulated pipeline failed: " + e, e));
            }
        });
        try {
            play(cluster);
        } finally {
            simulator.stop();
            thread.join(Duration.ofSeconds(5));
        }
    }

    /** Plays the samples, if there are any, and waits for the end. */
    private void play(Cluster cluster) throws InterruptedException, IOException {
        Optional<SamplePlayer> player = Optional.empty();
        if (options.samples().isPresent()) {
            player = Optional.of(SamplePlayer.start(cluster, options.samples().get(), PACE_OF_SAMPLES,
                    note -> say("  samples   " + note)));
        }
        try {
            awaitEnd();
        } finally {
            player.ifPresent(SamplePlayer::close);
        }
    }

    private void awaitEnd() throws InterruptedException {
        try {
            end.get();
        } catch (ExecutionException e) {
            throw (CliFailure) e.getCause();
        }
    }

    private ServiceConfig config(Sandbox sandbox, Path state) {
        return ServiceConfig.of(Map.of("bootstrap.servers", sandbox.bootstrapServers(),
                "schema.registry.url", sandbox.registryUrl(), "state.dir", state.toString(),
                "group.instance.id", "up", // a restart gets its partitions again without waiting for the old member
                "http.port", Integer.toString(freeOr(options.httpPort(), "the query API"))));
    }

    private Gateway gateway(Sandbox sandbox, OfferService service, LocalNotifier notifier,
            Path reports) throws IOException {
        Files.createDirectories(reports);
        Map<String, String> settings = new HashMap<>(notifier.gatewaySettings());
        settings.putAll(Map.of("bootstrap.servers", sandbox.bootstrapServers(),
                "schema.registry.url", sandbox.registryUrl(), "report.folder", reports.toString(),
                "query.url", "http://127.0.0.1:%d".formatted(service.httpPort().orElseThrow()),
                "http.port", Integer.toString(freeOr(options.gatewayPort(), "the gateway"))));
        return Gateway.start(GatewayConfig.of(settings));
    }

    /** The wanted port, or 0 and a note if it is in use. */
    private int freeOr(int port, String what) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException taken) {
            say("  note      Port %d is in use, so %s listens on another port.".formatted(port, what));
            return 0;
        }
    }

    private void awaitReady(OfferService service) throws InterruptedException {
        if (!service.awaitReady(PATIENCE)) {
            throw new CliFailure(ExitCode.FAILURE, service.failure().orElseGet(() ->
                    "The service was not ready within %d s; its log is above.".formatted(PATIENCE.toSeconds())));
        }
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
