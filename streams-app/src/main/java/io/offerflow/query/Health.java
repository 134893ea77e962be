package io.offerflow.query;

import java.util.function.LongSupplier;
import org.apache.kafka.streams.KafkaStreams;

/** Liveness and readiness of this instance. */
final class Health {

    private Health() {
    }

    /** Before Kafka Streams is started, while topics are checked and the registry is awaited. */
    static ApiResponse starting(boolean ok) {
        return response(ok, "STARTING", "The service checks its topics and waits for the schema registry.");
    }

    /** Live unless Kafka Streams has failed; also live during a long restore. */
    static ApiResponse live(KafkaStreams.State state, LongSupplier toRestore) {
        boolean broken = state == KafkaStreams.State.ERROR || state == KafkaStreams.State.PENDING_ERROR;
        return response(!broken, state.name(), message(state, toRestore));
    }

    /** Ready while it processes inputs. Schemas are registered before Kafka Streams is started. */
    static ApiResponse ready(KafkaStreams.State state, LongSupplier toRestore) {
        return response(state == KafkaStreams.State.RUNNING, state.name(), message(state, toRestore));
    }

    private static String message(KafkaStreams.State state, LongSupplier toRestore) {
        return switch (state) {
            case RUNNING -> "The service works on its inputs.";
            case CREATED, REBALANCING -> "Partitions are on the move; %d records are to be restored."
                    .formatted(toRestore.getAsLong());
            case PENDING_SHUTDOWN, NOT_RUNNING -> "The service is ending or has ended.";
            case PENDING_ERROR, ERROR -> "Kafka Streams ended with an error; restart this instance.";
        };
    }

    private static ApiResponse response(boolean ok, String state, String message) {
        ApiResponse response = ApiResponse.json(ok ? 200 : 503,
                Json.object().put("ok", ok).put("state", state).put("message", message));
        return ok ? response : response.withHeader("Retry-After", "2");
    }
}
