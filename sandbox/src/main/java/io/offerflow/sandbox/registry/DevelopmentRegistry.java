package io.offerflow.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.offerflow.sandbox.host.FreePorts;
import io.offerflow.sandbox.host.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry for <b>development only</b>: it has the REST API of Confluent's registry for Avro, on 127.0.0.1,
 * without access control, with its content in one file.
 *
 * <p>It supports subjects, versions, ids, look-up by content, the seven compatibility levels, soft and permanent
 * deletion. It refuses other schema types, references between subjects, and changes of the mode.
 */
public final class DevelopmentRegistry implements AutoCloseable {

    static {
        // Without it the JDK's server delays small responses on persistent connections by 40 ms.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }


    /** The largest request, in bytes. */
    static final int LARGEST_REQUEST = 8 * 1024 * 1024;

    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int DRAINED_AT_MOST = 4 * LARGEST_REQUEST;
    private static final Logger LOG = LoggerFactory.getLogger(DevelopmentRegistry.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads;
    private final RegistryService service;
    private final RegistryRoutes routes;

    private DevelopmentRegistry(HttpServer server, RegistryService service) {
        this.server = server;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.service = service;
        this.routes = new RegistryRoutes(service);
    }

    /**
     * Starts a registry.
     *
     * @param port port on 127.0.0.1
     * @param file with the content; created if it does not exist
     */
    public static DevelopmentRegistry start(int port, Path file) {
        RegistryService service = new RegistryService(file);
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(FreePorts.LOOPBACK, port), 0);
            DevelopmentRegistry registry = new DevelopmentRegistry(server, service);
            server.setExecutor(registry.threads);
            server.createContext("/", registry::handle);
            server.start();
            return registry;
        } catch (IOException e) {
            service.close();
            throw new SandboxException("the schema registry cannot listen on %s:%d: %s"
                    .formatted(FreePorts.LOOPBACK, port, e.getMessage()), e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                send(exchange, 200, routes.answer(RegistryRequest.of(
                        exchange.getRequestMethod(), exchange.getRequestURI(), body(exchange))));
            } catch (RegistryError e) {
                send(exchange, e.status(), error(e.code(), e.getMessage()));
            } catch (RuntimeException | StackOverflowError e) {
                LOG.error("The registry failed at {} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
                send(exchange, 500, error(50001, "The registry failed: " + e));
            }
        }
    }

    private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer);
        boolean headersOnly = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.sendResponseHeaders(status, headersOnly ? -1 : bytes.length);
        if (!headersOnly) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static JsonNode error(int code, String message) {
        return JSON.createObjectNode().put("error_code", code).put("message", message);
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        InputStream in = exchange.getRequestBody();
        byte[] bytes = in.readNBytes(LARGEST_REQUEST + 1);
        if (bytes.length <= LARGEST_REQUEST) {
            return bytes;
        }
        // a client that is still writing would not see the answer
        in.skip(DRAINED_AT_MOST);
        throw RegistryError.plain(413, "The request is larger than %d bytes".formatted(LARGEST_REQUEST));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
        service.close();
    }
}
