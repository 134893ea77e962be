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

/** The HTTP server: authorizes each request, routes it on a virtual thread, and sends the response. */
final class HttpServerAdapter implements AutoCloseable {

    /** Header of a request from another instance, so that no request is forwarded twice. */
    static final String FORWARDED = "Offerflow-Forwarded";

    private static final Logger LOG = LoggerFactory.getLogger(HttpServerAdapter.class);

    static {
        // Without it the JDK's server delays small responses on persistent connections by 40 ms.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final TokenAuthorizer authorizer;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HttpServerAdapter(HttpServer server, TokenAuthorizer authorizer) {
        this.server = server;
        this.authorizer = authorizer;
    }

    /** Binds the port; requests wait until {@link #start}. */
    static HttpServerAdapter bind(String host, int port, TokenAuthorizer authorizer) throws IOException {
        return new HttpServerAdapter(HttpServer.create(new InetSocketAddress(host, port), 128), authorizer);
    }

    int port() {
        return server.getAddress().getPort();
    }

    void start(Router router) {
        server.setExecutor(threads);
        server.createContext("/", exchange -> handle(exchange, router));
        server.start();
    }

    void start(Router router, Subscribers subscribers) {
        start(router);
        server.createContext("/events", exchange -> {
            if (exchange.getRequestMethod().equals("GET") && exchange.getRequestURI().getPath().equals("/events")) {
                stream(exchange, subscribers);
            } else {
                handle(exchange, router);
            }
        });
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
        ApiRequest request = ApiRequest.of(exchange.getRequestMethod(), exchange.getRequestURI(),
                exchange.getRequestHeaders().containsKey(FORWARDED)).withAuthorization(authorization);
        authorizer.check(request, authorization);
        return request;
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

    private static void send(HttpExchange exchange, ApiResponse response) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", response.contentType());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        response.headers().forEach(headers::set);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        byte[] body = response.body();
        exchange.sendResponseHeaders(response.status(), head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** Stops at once; open connections are closed. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
