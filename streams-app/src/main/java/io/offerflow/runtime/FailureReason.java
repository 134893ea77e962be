package io.offerflow.runtime;

import io.offerflow.contract.registry.RegistryUnavailableException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.TaskAssignmentException;
import org.apache.kafka.streams.errors.TopologyException;

/** Explains why a stream thread stopped, as the end of a sentence. */
final class FailureReason {

    private FailureReason() {
    }

    /** The reason of any failure. */
    static String of(Throwable thrown) {
        return known(thrown).orElseGet(() -> "of a fault in this release: " + causes(thrown)
                .reduce((first, second) -> second).map(Throwable::toString).orElse("unknown")) + where(thrown);
    }

    /** The reason of a failure that an operator can correct; a log needs no stack trace of it. */
    static Optional<String> known(Throwable thrown) {
        return causes(thrown).flatMap(cause -> Optional.ofNullable(switch (cause) {
            case RegistryUnavailableException away -> away.getMessage();
            // Kafka's text advises a tool that deletes the state
            case MissingSourceTopicException missing -> "Kafka Streams misses an input topic";
            case TaskAssignmentException refused -> "Kafka Streams cannot assign the partitions of the topics";
            case TopologyException unequal -> "Kafka Streams found topics with other numbers of partitions";
            case StreamsException invalid when mentionsPartitions(invalid) ->
                "Kafka Streams found topics with other numbers of partitions";
            case ProcessorStateException store ->
                "the stores in state.dir cannot be read or written (%s)".formatted(store.getMessage());
            default -> null;
        }).stream()).findFirst().or(() -> BrokerFailure.known(thrown).map(why -> "the brokers " + why));
    }

    /** Kafka Streams has no class for this failure. */
    private static boolean mentionsPartitions(StreamsException thrown) {
        return Optional.ofNullable(thrown.getMessage()).orElse("").contains("has invalid partitions");
    }

    private static String where(Throwable thrown) {
        return causes(thrown).filter(StreamsException.class::isInstance).map(StreamsException.class::cast)
                .flatMap(failed -> failed.taskId().stream()).findFirst()
                .map(task -> " (partition %d of the inputs)".formatted(task.partition())).orElse("");
    }

    static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause);
    }
}
