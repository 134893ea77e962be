package io.offerflow.query;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.state.HostInfo;

/** Forwards a request to the instance that owns the offer, and returns its response unchanged. */
final class OwnerProxy implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT).build();

    ApiResponse forward(HostInfo owner, ApiRequest request) {
        URI target = URI.create("http://%s:%d%s%s".formatted(owner.host(), owner.port(), request.uri().getRawPath(),
                request.uri().getRawQuery() == null ? "" : "?" + request.uri().getRawQuery()));
        HttpRequest.Builder builder = HttpRequest.newBuilder(target).timeout(REQUEST_TIMEOUT)
                .header(HttpServerAdapter.FORWARDED, "1");
        request.authorization().ifPresent(value -> builder.header("Authorization", value));
        try {
            HttpResponse<byte[]> received = client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
            ApiResponse response = new ApiResponse(received.statusCode(),
                    received.headers().firstValue("Content-Type").orElse("application/json"), received.body(),
                    Map.of());
            return received.headers().firstValue("Retry-After")
                    .map(seconds -> response.withHeader("Retry-After", seconds)).orElse(response);
        } catch (IOException e) {
            throw QueryError.unavailable("OWNER_DOWN", 2, "The instance at %s:%d that owns this offer does not answer.",
                    owner.host(), owner.port());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw QueryError.unavailable("STARTING", 2, "This instance is ending.");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
