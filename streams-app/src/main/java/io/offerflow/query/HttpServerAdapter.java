package io.offerflow.query;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: one virtual thread a request; what a router answers goes out, errors as JSON. */
final class HttpServerAdapter implements AutoCloseable {

    /** Says that another instance asks, so that no question ever goes round in a circle. */
    static final String FORWARDED = "Offerflow-Forwarded";

    private static final Logger LOG = LoggerFactory.getLogger(HttpServerAdapter.class);

    static {
        // Without it the JDK's server holds back small answers on kept connections for 40 ms.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final TokenAuthorizer authorizer;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HttpServerAdapter(HttpServer server, TokenAuthorizer gate) {
        this.server = server;
        this.authorizer = gate;
    }

    /** Takes the port without answering yet. */
    static HttpServerAdapter bind(String host, int port, TokenAuthorizer gate) throws IOException {
        return new HttpServerAdapter(HttpServer.create(new InetSocketAddress(host, port), 128), gate);
    }

    int port() {
        return server.getAddress().getPort();
    }

    void start(Router router, Subscribers subscribers) {
        server.setExecutor(threads);
        server.createContext("/", exchange -> handle(exchange, router));
        server.createContext("/events", exchange -> {
            if (exchange.getRequestMethod().equals("GET") && exchange.getRequestURI().getPath().equals("/events")) {
                stream(exchange, subscribers);
            } else {
                handle(exchange, router);
            }
        });
        server.start();
    }

    private void handle(HttpExchange exchange, Router router) throws IOException {
        try (exchange) {
            send(exchange, response(exchange, router));
        }
    }

    private void stream(HttpExchange exchange, Subscribers subscribers) throws IOException {
        try (exchange) {
            try {
                subscribers.serve(exchange, request(exchange));
            } catch (QueryError e) {
                send(exchange, e.response());
            }
        }
    }

    private ApiRequest request(HttpExchange exchange) {
        Optional<String> authorization =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
        ApiRequest call = ApiRequest.of(exchange.getRequestMethod(), exchange.getRequestURI(),
                exchange.getRequestHeaders().containsKey(FORWARDED)).withAuthorization(authorization);
        authorizer.check(call, authorization);
        return call;
    }

    private ApiResponse response(HttpExchange exchange, Router router) {
        try {
            return router.handle(request(exchange));
        } catch (QueryError e) {
            return e.response();
        } catch (RuntimeException e) {
            LOG.error("cannot answer {} {} because of a fault in this release", exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(), e);
            return QueryError.internalError().response();
        }
    }

    private static void send(HttpExchange exchange, ApiResponse answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.contentType());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        answer.headers().forEach(headers::set);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head || answer.body().length == 0 ? -1 : answer.body().length);
        if (!head && answer.body().length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer.body());
            }
        }
    }

    /** Stops at once; whoever is being answered sees the connection end. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
