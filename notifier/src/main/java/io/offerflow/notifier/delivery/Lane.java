package io.offerflow.notifier.delivery;

import io.offerflow.avro.DeliveryBacklog;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The events of one partition on their way to one destination. A lane that is full stops taking events and remembers
 * the offset: its backlog stays in the topic, and is read again when there is room.
 */
final class Lane implements LiveRow {

    final String destinationId;
    final TopicPartition partition;
    final Throttle throttle;
    final Map<String, OfferQueue> queues = new HashMap<>();
    int size;
    Optional<Long> backlog = Optional.empty();
    /** Timestamp of the first event of the backlog, as far as it is known. */
    Instant backlogSince = Instant.MAX;
    Optional<String> replayId = Optional.empty();
    private boolean closed;

    Lane(String destinationId, TopicPartition partition, Throttle throttle) {
        this.destinationId = destinationId;
        this.partition = partition;
        this.throttle = throttle;
    }

    /** Whether there is nothing to remember. */
    boolean isIdle() {
        return size == 0 && backlog.isEmpty() && replayId.isEmpty();
    }

    /** Results of tries that are still running do not count any more. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public String rowKey() {
        return "%s/%s".formatted(destinationId, partition);
    }

    @Override
    public Optional<Object> row() {
        if (backlog.isEmpty() && replayId.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DeliveryBacklog(destinationId, partition.topic(), partition.partition(),
                backlog.orElse(null), replayId.orElse(null)));
    }
}
