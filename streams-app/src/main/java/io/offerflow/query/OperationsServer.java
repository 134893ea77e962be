package io.offerflow.query;

import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpFront;
import io.offerflow.http.Router;
import java.io.IOException;
import java.util.function.Supplier;

/** Health and metrics over HTTP, for programs without a query API. */
public final class OperationsServer implements AutoCloseable {

    private final HttpFront http;

    private OperationsServer(HttpFront http) {
        this.http = http;
    }

    /**
     * Binds the port and answers.
     *
     * @param port 0 for any free one
     * @param metrics the response to Prometheus
     */
    public static OperationsServer open(String host, int port, Supplier<HealthReport> health, Supplier<String> metrics)
            throws IOException {
        Router router = new Router()
                .get("/health/live", request -> health.get().liveness())
                .get("/health/ready", request -> health.get().readiness())
                .get("/metrics", request -> ApiResponse.text("text/plain; version=0.0.4; charset=utf-8",
                        metrics.get()));
        return new OperationsServer(HttpFront.start(host, port, HttpFront.FrontLimits.DEFAULT, router::handle));
    }

    /** The port that is bound. */
    public int port() {
        return http.port();
    }

    @Override
    public void close() {
        http.close();
    }
}
