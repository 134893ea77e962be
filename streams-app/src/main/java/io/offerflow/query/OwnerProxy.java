package io.offerflow.query;

import io.offerflow.http.ApiRequest;
import io.offerflow.http.ApiResponse;
import io.offerflow.http.HttpError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;

/** Forwards a request to the instance that owns the offer, and returns its response unchanged. */
final class OwnerProxy implements AutoCloseable {

    /** Header of a request from another instance, so that no request is forwarded twice. */
    private static final String FORWARDED = "Offerflow-Forwarded";
    private static final List<String> KEPT = List.of("Retry-After", "ETag");

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT).build();

    static boolean isForwarded(ApiRequest request) {
        return request.header(FORWARDED).isPresent();
    }

    ApiResponse forward(HostInfo owner, ApiRequest request) {
        URI target = URI.create("http://%s:%d%s%s".formatted(owner.host(), owner.port(), request.uri().getRawPath(),
                request.uri().getRawQuery() == null ? "" : "?" + request.uri().getRawQuery()));
        HttpRequest.Builder builder = HttpRequest.newBuilder(target).timeout(REQUEST_TIMEOUT)
                .header(FORWARDED, "1");
        request.header("Authorization").ifPresent(value -> builder.header("Authorization", value));
        try {
            HttpResponse<byte[]> received = client.send(builder.build(), HttpResponse.BodyHandlers.ofByteArray());
            ApiResponse response = ApiResponse.bytes(received.statusCode(),
                    received.headers().firstValue("Content-Type").orElse("application/json"), received.body());
            for (String name : KEPT) {
                Optional<String> value = received.headers().firstValue(name);
                response = value.isPresent() ? response.withHeader(name, value.get()) : response;
            }
            return response;
        } catch (IOException e) {
            throw HttpError.unavailable("OWNER_DOWN", 2, "The instance at %s:%d that owns this offer does not answer.",
                    owner.host(), owner.port());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw HttpError.unavailable("STARTING", 2, "This instance is ending.");
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
