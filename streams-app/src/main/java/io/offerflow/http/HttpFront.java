package io.offerflow.http;

import io.offerflow.http.ApiResponse.ApiBody;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: calls the handler of each request on a virtual thread, and sends the response. */
public final class HttpFront implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final String EVENT_STREAM = "text/event-stream";
    /** Slashes and percent signs in a path segment are data; the router decodes segments one by one. */
    private static final UriCompliance URIS = UriCompliance.RFC3986.with("offerflow",
            Violation.AMBIGUOUS_PATH_SEPARATOR, Violation.AMBIGUOUS_PATH_ENCODING, Violation.AMBIGUOUS_EMPTY_SEGMENT,
            Violation.BAD_PERCENT_ENCODING, Violation.SUSPICIOUS_PATH_CHARACTERS);

    /**
     * The bounds of a server.
     *
     * @param headerBytes largest size of a request's line and headers together
     * @param idle how long a connection may be without traffic
     * @param connections most connections; more wait until one is closed
     * @param stopGrace how long requests may take when the server is closed
     */
    public record FrontLimits(int headerBytes, Duration idle, int connections, Duration stopGrace) {

        /** For an API inside a network. */
        public static final FrontLimits DEFAULT = new FrontLimits(16 * 1024, Duration.ofSeconds(30), 20_000,
                Duration.ofSeconds(1));
    }

    private final Server server;
    private final ServerConnector connector;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /** Threads of responses that have no end. */
    private final Set<Thread> eventStreams = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    private HttpFront(FrontLimits limits, Router.ApiHandler handler) {
        QueuedThreadPool pool = new QueuedThreadPool(16, 4); // the selector and little else: requests are on `threads`
        pool.setVirtualThreadsExecutor(threads);
        pool.setName("http");
        pool.setDaemon(true);
        server = new Server(pool);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration(limits)));
        connector.setIdleTimeout(limits.idle().toMillis());
        connector.setAcceptQueueSize(1024);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.connections(), connector));
        server.setErrorHandler(new ProblemErrorHandler());
        server.setHandler(new GracefulHandler(new ApiAdapter(handler)));
        server.setStopTimeout(limits.stopGrace().toMillis());
    }

    /**
     * Binds the port and serves requests.
     *
     * @param port 0 for any free one
     * @param handler may throw {@link HttpError}
     * @throws IOException if the port cannot be bound
     */
    public static HttpFront start(String host, int port, FrontLimits limits, Router.ApiHandler handler)
            throws IOException {
        HttpFront front = new HttpFront(limits, handler);
        front.connector.setHost(host);
        front.connector.setPort(port);
        try {
            front.server.start();
            return front;
        } catch (Exception e) { // the signature of a library
            front.close();
            if (e.getCause() instanceof BindException taken) {
                throw taken; // tells why; the other one only tells which port
            }
            throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
        }
    }

    /** The port that is bound. */
    public int port() {
        return connector.getLocalPort();
    }

    private static HttpConfiguration configuration(FrontLimits limits) {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(limits.headerBytes());
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        configuration.setUriCompliance(URIS);
        return configuration;
    }

    private static void send(ApiResponse answer, Request request, Response response, Callback done) {
        setHead(answer, response);
        boolean head = request.getMethod().equals("HEAD");
        switch (answer.body()) {
            case ApiBody.Whole whole -> response.write(true, ByteBuffer.wrap(head ? new byte[0] : whole.bytes()), done);
            case ApiBody.Streamed streamed when head -> response.write(true, ByteBuffer.allocate(0), done);
            case ApiBody.Streamed streamed -> stream(streamed, response, done);
        }
    }

    private static void setHead(ApiResponse answer, Response response) {
        response.setStatus(answer.status());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put("Content-Type", answer.contentType());
        headers.put("Cache-Control", "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        answer.headers().forEach(headers::put);
    }

    private static void stream(ApiBody.Streamed streamed, Response response, Callback done) {
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            streamed.writer().writeTo(out);
        } catch (IOException | RuntimeException clientHasLeft) {
            done.failed(clientHasLeft);
            return;
        }
        done.succeeded();
    }

    /** Sends a response that may have no end: a stream of events ends with the server. */
    private void sendUntilEnd(ApiResponse answer, Request request, Response response, Callback done) {
        if (!answer.contentType().startsWith(EVENT_STREAM)) {
            send(answer, request, response, done);
            return;
        }
        eventStreams.add(Thread.currentThread());
        try {
            if (ending) {
                Thread.currentThread().interrupt();
            }
            send(answer, request, response, done);
        } finally {
            eventStreams.remove(Thread.currentThread());
            Thread.interrupted(); // the thread may finish the response
        }
    }

    /** Ends streams of events, and waits for other requests that are being served, as long as the limits say. */
    @Override
    public void close() {
        ending = true;
        eventStreams.forEach(Thread::interrupt);
        try {
            server.stop();
        } catch (Exception e) { // the signature of a library
            LOG.warn("the HTTP server did not end in good order: {}", e.toString());
        }
        threads.shutdownNow();
    }

    /** Connects the handler with the server. */
    private final class ApiAdapter extends Handler.Abstract {
        private final Router.ApiHandler handler;

        ApiAdapter(Router.ApiHandler handler) {
            this.handler = handler;
        }

        @Override
        public boolean handle(Request request, Response response, Callback done) {
            sendUntilEnd(answer(request), request, response, done);
            return true;
        }

        private ApiResponse answer(Request request) {
            try {
                return handler.handle(ApiRequest.of(request.getMethod(), uri(request), headers(request),
                        Content.Source.asInputStream(request)));
            } catch (HttpError e) {
                return e.response();
            } catch (RuntimeException e) {
                LOG.error("cannot answer {} {} because of a fault in this release", request.getMethod(),
                        request.getHttpURI().getPath(), e);
                return HttpError.internalError().response();
            }
        }

        private static URI uri(Request request) {
            try {
                return URI.create(request.getHttpURI().getPathQuery());
            } catch (IllegalArgumentException e) {
                throw HttpError.badRequest("Expected the path and query of a URL, but met \"%s\".",
                        ApiRequest.shortened(request.getHttpURI().getPathQuery()));
            }
        }

        private static HttpHeaders headers(Request request) {
            Map<String, List<String>> headers = new HashMap<>();
            request.getHeaders().forEach(field -> headers.merge(field.getLowerCaseName(), List.of(field.getValue()),
                    (first, second) -> first)); // the first one counts
            return HttpHeaders.of(headers, (name, value) -> true);
        }
    }

    /** Answers what the server itself refuses in the form of all other problems. */
    private static final class ProblemErrorHandler extends ErrorHandler {
        @Override
        protected void generateResponse(Request request, Response response, int status, String message,
                Throwable cause, Callback done) {
            send(HttpError.protocol(status, sentence(status)).response(), request, response, done);
        }

        private static String sentence(int status) {
            return switch (status) {
                case 431 -> "Expected smaller headers and a shorter URL.";
                case 408 -> "Expected the request sooner.";
                case 503 -> "This server is ending; ask again, or ask another one.";
                default -> "Expected a request as HTTP defines it.";
            };
        }
    }
}
