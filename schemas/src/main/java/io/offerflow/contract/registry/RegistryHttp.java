package io.offerflow.contract.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends a request to a registry until it is answered or the patience is used up. */
final class RegistryHttp implements AutoCloseable {

    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final long FIRST_PAUSE_MS = 100;
    private static final Duration SHORTEST_ATTEMPT = Duration.ofMillis(100);
    private static final long LONGEST_PAUSE_MS = 1_000;
    private static final int TOO_MANY_REQUESTS = 429;

    private final RegistryOptions options;
    private final Optional<String> authorization;
    private final HttpClient http;
    private volatile int lastGood;

    RegistryHttp(RegistryOptions options) {
        this.options = options;
        this.authorization = options.credentials().map(credentials -> "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        // no redirects: they would receive the credentials
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(options.connectTimeout()).followRedirects(HttpClient.Redirect.NEVER).build();
    }

    /**
     * The answer of the registry, also if it is an error that another attempt does not change.
     *
     * @param path after the address of the registry
     * @throws RegistryUnavailableException if there is no answer in time
     */
    RegistryResponse ask(String method, String path, Optional<String> body) {
        long start = System.nanoTime();
        int attempts = 0;
        int urls = options.urls().size();
        int current = lastGood;
        while (true) {
            URI url = URI.create(options.urls().get(current) + path);
            attempts++;
            String met;
            try {
                HttpResponse<String> response = send(request(url, method, body), left(start));
                if (!isPassing(response.statusCode())) {
                    lastGood = current;
                    return new RegistryResponse(method, url, response.statusCode(), response.body());
                }
                met = "status %d: %s".formatted(response.statusCode(), RegistryResponse.shortened(response.body()));
            } catch (IOException e) {
                met = describe(e);
            }
            current = (current + 1) % urls;
            // the next address of the same round is tried at once
            long pause = attempts % urls == 0 ? pause(attempts / urls) : 0;
            // an attempt with almost no time would only hide why the earlier ones failed
            if (left(start).minusMillis(pause).compareTo(SHORTEST_ATTEMPT) < 0) {
                throw new RegistryUnavailableException(
                        "the schema registry did not answer %s %s in %d ms and %d attempts; last met: %s".formatted(
                                method, url, options.patience().toMillis(), attempts, met));
            }
            sleep(pause);
        }
    }

    private Duration left(long start) {
        return options.patience().minusNanos(System.nanoTime() - start);
    }

    private HttpRequest request(URI url, String method, Optional<String> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Accept", CONTENT_TYPE + ", application/json")
                .method(method, BodyPublishers.ofString(body.orElse("")));
        body.ifPresent(text -> request.header("Content-Type", CONTENT_TYPE));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request.build();
    }

    /** One attempt, for at most half of the patience, so that a dead connection does not use up all of it. */
    private HttpResponse<String> send(HttpRequest request, Duration left) throws IOException {
        Duration half = options.patience().dividedBy(2);
        Duration limit = left.compareTo(half) < 0 ? left : half;
        // not HttpRequest.timeout, which covers only the headers: a body may stall as well
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(request, BodyHandlers.ofString());
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no complete answer after %d ms".formatted(limit.toMillis()), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw interrupted(e);
        }
    }

    private static boolean isPassing(int status) {
        return status >= 500 || status == TOO_MANY_REQUESTS;
    }

    private static long pause(int round) {
        long longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(round - 1, 10));
        return ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
    }

    private static void sleep(long pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static RegistryUnavailableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new RegistryUnavailableException("interrupted while waiting for the schema registry", e);
    }

    private static String describe(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return "unknown host";
            }
        }
        if (e instanceof ConnectException && e.getMessage() == null) {
            return "connection refused";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
