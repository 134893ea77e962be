package io.offerflow.gateway;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.offerflow.http.ApiRequest;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
import io.offerflow.http.Router.ApiHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The metrics of the gateway; docs/gateway.md lists them. */
final class GatewayMetrics implements AutoCloseable {

    /** Any text can be a method, and each value of a tag is a series. */
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger active = new AtomicInteger();

    GatewayMetrics(BooleanSupplier ready) {
        Gauge.builder("offerflow.gateway.ready", () -> ready.getAsBoolean() ? 1 : 0).register(registry);
        Gauge.builder("offerflow.gateway.active.requests", active::get).register(registry);
        timer("POST", 503); // from the beginning, since a counter that appears with its first increment shows none
    }

    /** Serves a request and records its method, its status, and how long it took. */
    ApiResponse measure(ApiRequest request, ApiHandler handler) {
        long began = System.nanoTime();
        int status = 500;
        active.incrementAndGet();
        try {
            ApiResponse response = handler.handle(request);
            status = response.status();
            return response;
        } catch (HttpError e) {
            status = e.response().status();
            throw e;
        } finally {
            active.decrementAndGet();
            timer(request.method(), status).record(Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private Timer timer(String method, int status) {
        return Timer.builder("offerflow.gateway.requests").tag("method", METHODS.contains(method) ? method : "other")
                .tag("status", Integer.toString(status)).register(registry);
    }

    String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
