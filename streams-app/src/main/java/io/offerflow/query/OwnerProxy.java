package io.offerflow.query;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.state.HostInfo;

/** Asks the instance that owns an offer, and hands on its answer as it is. */
final class OwnerProxy implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

    ApiResponse ask(HostInfo owner, ApiRequest call) {
        URI there = URI.create("http://%s:%d%s%s".formatted(owner.host(), owner.port(), call.uri().getRawPath(),
                call.uri().getRawQuery() == null ? "" : "?" + call.uri().getRawQuery()));
        HttpRequest.Builder request = HttpRequest.newBuilder(there).timeout(ANSWER).header(HttpServerAdapter.FORWARDED, "1");
        call.authorization().ifPresent(shown -> request.header("Authorization", shown));
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            ApiResponse answer = new ApiResponse(response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse("application/json"), response.body(),
                    Map.of());
            return response.headers().firstValue("Retry-After")
                    .map(seconds -> answer.withHeader("Retry-After", seconds)).orElse(answer);
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
