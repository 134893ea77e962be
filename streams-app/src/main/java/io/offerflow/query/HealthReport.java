package io.offerflow.query;

import io.offerflow.http.ApiResponse;
import io.offerflow.http.Json;

/**
 * The health of this instance at one time.
 *
 * @param state of Kafka Streams
 * @param live false if a restart of the process can help, or the service has ended
 * @param ready whether it takes its inputs
 * @param message why it is not ready, or that it is, as a sentence
 */
public record HealthReport(String state, boolean live, boolean ready, String message) {

    /** Before Kafka Streams is started, while topics are checked and the registry is awaited. */
    static HealthReport starting() {
        return new HealthReport("STARTING", true, false,
                "The service checks its topics and waits for the schema registry.");
    }

    /** The answer to a probe that restarts what is not live. */
    public ApiResponse liveness() {
        return response(live);
    }

    /** The answer to a probe that sends requests only to what is ready. */
    public ApiResponse readiness() {
        return response(ready);
    }

    private ApiResponse response(boolean ok) {
        ApiResponse response = ApiResponse.json(ok ? 200 : 503,
                Json.object().put("ok", ok).put("state", state).put("message", message));
        return ok ? response : response.withHeader("Retry-After", "2");
    }
}
