package io.offerflow.cli;

import io.offerflow.cli.cluster.Cluster;
import io.offerflow.cli.simulator.PipelineSimulator;
import io.offerflow.cli.simulator.StepDelay;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.runtime.OfferService;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A broker, a registry, the service and the simulated pipeline, started once for all tests that need them. */
public final class SharedMarketplace implements BeforeAllCallback, AutoCloseable {

    private static final Duration STEP = Duration.ofMillis(20);
    private static Running running;

    private record Running(Sandbox sandbox, OfferService service, RegistryClient registry, PipelineSimulator pipeline,
            Thread thread, Path state) {
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        synchronized (SharedMarketplace.class) {
            if (running == null) {
                start();
                // closed when the last test of all classes has run
                context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).put(SharedMarketplace.class, this);
            }
        }
    }

    private static void start() throws Exception {
        Sandbox sandbox = Sandbox.start(SandboxOptions.temporary());
        sandbox.createTopics(3);
        Path state = Files.createTempDirectory(Path.of("target"), "marketplace");
        OfferService service = OfferService.start(ServiceConfig.of(Map.of("bootstrap.servers",
                sandbox.bootstrapServers(), "schema.registry.url", sandbox.registryUrl(), "state.dir",
                state.toString(), "stop.sell.delay", "PT0.5S", "due.grace", "PT0.2S", "http.port", "off")));
        if (!service.awaitReady(Duration.ofSeconds(120))) {
            throw new IllegalStateException("the service was not ready in time");
        }
        RegistryClient registry = new RegistryClient(RegistryOptions.at(sandbox.registryUrl()));
        PipelineSimulator pipeline = new PipelineSimulator(new Cluster(sandbox.bootstrapServers(), registry),
                "test-simulator", StepDelay.fixed(STEP, new Random(1)), (request, failed) -> { });
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                pipeline.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        running = new Running(sandbox, service, registry, pipeline, thread, state);
    }

    /** The directory that the service uses. */
    static Path state() {
        return running.state();
    }

    static Sandbox sandbox() {
        return running.sandbox();
    }

    /** A cluster for what a test itself has to look up. */
    static Cluster cluster() {
        return new Cluster(running.sandbox().bootstrapServers(), running.registry());
    }

    /** The arguments with those behind them that say where the cluster is. */
    static String[] connected(String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of("--bootstrap-servers",
                running.sandbox().bootstrapServers(), "--registry-url", running.sandbox().registryUrl()))
                .toArray(String[]::new);
    }

    @Override
    public void close() {
        running.pipeline().stop();
        try {
            running.thread().join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.pipeline().close();
        running.service().close();
        running.registry().close();
        running.sandbox().close();
        running = null;
    }
}
