package io.offerflow.query;

import java.util.function.LongSupplier;
import org.apache.kafka.streams.KafkaStreams;

/** Whether this instance can go on, and whether it works now. */
final class Health {

    private Health() {
    }

    /** Before Kafka Streams was started: topics are checked and the registry is waited for. */
    static ApiResponse starting(boolean aliveIsAsked) {
        return answer(aliveIsAsked, "STARTING", "The service checks its topics and waits for the schema registry.");
    }

    /** It can go on, also during a long restore. */
    static ApiResponse live(KafkaStreams.State state, LongSupplier toRestore) {
        boolean broken = state == KafkaStreams.State.ERROR || state == KafkaStreams.State.PENDING_ERROR;
        return answer(!broken, state.name(), message(state, toRestore));
    }

    /** It works on its inputs. Schemas are known before Kafka Streams is started. */
    static ApiResponse ready(KafkaStreams.State state, LongSupplier toRestore) {
        return answer(state == KafkaStreams.State.RUNNING, state.name(), message(state, toRestore));
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

    private static ApiResponse answer(boolean ok, String state, String message) {
        ApiResponse answer = ApiResponse.json(ok ? 200 : 503,
                Json.object().put("ok", ok).put("state", state).put("message", message));
        return ok ? answer : answer.withHeader("Retry-After", "2");
    }
}
