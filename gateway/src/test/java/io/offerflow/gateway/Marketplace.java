package io.offerflow.gateway;

import io.offerflow.runtime.OfferService;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A broker, a registry and the service, started once for all tests of a JVM. */
public final class Marketplace implements BeforeAllCallback, AutoCloseable {

    static final int PARTITIONS = 4;

    private static Sandbox sandbox;
    private static OfferService service;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        synchronized (Marketplace.class) { // several classes run at a time
            if (sandbox == null) {
                sandbox = Sandbox.start(SandboxOptions.temporary());
                sandbox.createTopics(PARTITIONS);
                service = startService();
                context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).put(Marketplace.class, this);
            }
        }
    }

    private static OfferService startService() throws Exception {
        Path state = Files.createTempDirectory(Path.of("target"), "state");
        OfferService started = OfferService.start(ServiceConfig.of(Map.of("bootstrap.servers",
                sandbox.bootstrapServers(), "schema.registry.url", sandbox.registryUrl(), "state.dir",
                state.toString(), "http.port", "0", "commit.interval.ms", "50")));
        if (!started.awaitReady(Duration.ofSeconds(60))) {
            throw new IllegalStateException("the service was not ready in time");
        }
        return started;
    }

    /** The service takes inputs, and decides them later. */
    static void pauseService() {
        service.streams().pause();
    }

    static void resumeService() {
        service.streams().resume();
    }

    static Sandbox sandbox() {
        return sandbox;
    }

    /** The settings of a gateway for this marketplace. */
    static Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("bootstrap.servers", sandbox.bootstrapServers(),
                "schema.registry.url", sandbox.registryUrl(), "http.port", "0", "query.url",
                "http://127.0.0.1:%d".formatted(service.httpPort().orElseThrow())));
        settings.putAll(more);
        return settings;
    }

    /** Starts a gateway and waits until it takes commands. */
    public static Gateway gateway(Map<String, String> more) {
        Gateway gateway = Gateway.start(GatewayConfig.of(settings(more)));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(gateway::isReady);
        return gateway;
    }

    @Override
    public void close() {
        service.close();
        sandbox.close();
        sandbox = null;
    }
}
