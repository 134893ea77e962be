package io.offerflow.gateway.read;

import io.offerflow.http.ApiRequest;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
import io.offerflow.query.ReadAccess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Passes reads on to the query API of the instances, one after another until one answers. */
public final class ReadProxy implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);
    private static final Set<String> LISTS = Set.of("offers", "history", "events");
    private static final List<String> HEADERS = List.of("ETag", "Retry-After");
    private static final String PUBLISHER = "publisher";
    private static final int BUFFER = 8192;

    private final List<URI> instances;
    private final Optional<String> token;
    private final AtomicInteger next = new AtomicInteger();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT).build();

    /**
     * Reads from these instances.
     *
     * @param instances addresses of the query API
     * @param token for the query API; empty to pass on that of the caller
     */
    public ReadProxy(List<URI> instances, Optional<String> token) {
        this.instances = instances;
        this.token = token;
    }

    /**
     * The response of an instance.
     *
     * @throws HttpError if the caller may not read this, or no instance answers
     */
    public ApiResponse forward(ApiRequest request) {
        ReadAccess.check(request);
        String target = target(request);
        int first = Math.floorMod(next.getAndIncrement(), instances.size());
        for (int i = 0; i < instances.size(); i++) {
            try {
                return forward(instances.get((first + i) % instances.size()), target, request);
            } catch (IOException anotherMayAnswer) {
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw HttpError.unavailable("STARTING", 2, "This gateway is ending.");
            }
        }
        throw HttpError.unavailable("SERVICE_UNAVAILABLE", 2, "No instance of the service answers.");
    }

    private ApiResponse forward(URI instance, String target, ApiRequest request)
            throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(instance + target)).timeout(REQUEST_TIMEOUT);
        if (request.method().equals("HEAD")) {
            builder.HEAD();
        }
        token.map("Bearer "::concat).or(() -> request.header("Authorization"))
                .ifPresent(value -> builder.header("Authorization", value));
        HttpResponse<InputStream> received = client.send(builder.build(), HttpResponse.BodyHandlers.ofInputStream());
        String type = received.headers().firstValue("Content-Type").orElse("application/json");
        ApiResponse response = ApiResponse.stream(received.statusCode(), type, out -> copy(received.body(), out));
        for (String name : HEADERS) {
            Optional<String> value = received.headers().firstValue(name);
            response = value.isPresent() ? response.withHeader(name, value.get()) : response;
        }
        return response;
    }

    /** Events are passed on as they come. */
    private static void copy(InputStream from, OutputStream to) throws IOException {
        try (from) {
            byte[] buffer = new byte[BUFFER];
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.write(buffer, 0, read);
                to.flush();
            }
        }
    }

    /** A list has only the publishers that the caller may read, also if the query API does not ask who it is. */
    private static String target(ApiRequest request) {
        String path = request.uri().getRawPath();
        boolean list = request.segments().size() == 1 && LISTS.contains(request.segments().getFirst());
        Optional<Set<String>> publishers = list ? ReadAccess.publishers(request) : Optional.empty();
        if (publishers.isEmpty()) {
            return path + Optional.ofNullable(request.uri().getRawQuery()).map("?"::concat).orElse("");
        }
        String listed = publishers.get().isEmpty() ? "-" : String.join(",", publishers.get()); // no publisher is "-"
        return path + "?" + Stream.concat(Stream.of(PUBLISHER + "=" + encoded(listed)),
                request.parameters().entrySet().stream().filter(parameter -> !parameter.getKey().equals(PUBLISHER))
                        .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue())))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
