package io.offerflow.notifier.delivery;

import io.offerflow.avro.Delivery;
import io.offerflow.avro.DeliveryState;
import java.time.Instant;
import java.util.Optional;

/** One event on its way to one destination. */
final class PendingDelivery implements LiveRow {

    private static final int LONGEST_ANSWER = 300;

    final EventRef event;
    final Instant queuedAt;
    final OfferQueue queue;
    int tries;
    Instant dueAt;
    Optional<Instant> lastTryAt = Optional.empty();
    Optional<String> lastAnswer = Optional.empty();
    private Optional<OutgoingEvent> content;

    PendingDelivery(EventRef event, Instant queuedAt, OfferQueue queue, Optional<OutgoingEvent> content) {
        this.event = event;
        this.queuedAt = queuedAt;
        this.dueAt = queuedAt;
        this.queue = queue;
        this.content = content;
    }

    /** The delivery of a row that another instance or an earlier run wrote. */
    static PendingDelivery of(Delivery row, EventRef event, OfferQueue queue) {
        PendingDelivery restored = new PendingDelivery(event, row.getQueuedAt(), queue, Optional.empty());
        restored.tries = row.getTries();
        restored.lastTryAt = Optional.ofNullable(row.getLastTryAt());
        restored.lastAnswer = Optional.ofNullable(row.getLastAnswer());
        restored.dueAt = Optional.ofNullable(row.getNextTryAt()).orElse(restored.queuedAt);
        return restored;
    }

    /** The content, if it is still in memory. */
    Optional<OutgoingEvent> content() {
        return content;
    }

    /** Forgets the content, which can be read again, and returns its size in bytes. */
    int forget() {
        int size = content.map(OutgoingEvent::size).orElse(0);
        content = Optional.empty();
        return size;
    }

    void tried(Instant now, String answer) {
        tries++;
        lastTryAt = Optional.of(now);
        lastAnswer = Optional.of(answer.length() <= LONGEST_ANSWER ? answer : answer.substring(0, LONGEST_ANSWER));
    }

    String destination() {
        return queue.lane.destinationId;
    }

    @Override
    public String rowKey() {
        return destination() + "/" + event.id();
    }

    @Override
    public Optional<Object> row() {
        return Optional.of(row(DeliveryState.PENDING));
    }

    Delivery row(DeliveryState state) {
        Delivery row = new Delivery();
        row.setDestination(destination());
        row.setEventId(event.id());
        row.setSource(event.coordinates());
        row.setKey(event.key());
        row.setOccurredAt(event.timestamp());
        row.setState(state);
        row.setTries(tries);
        row.setQueuedAt(queuedAt);
        row.setLastTryAt(lastTryAt.orElse(null));
        row.setNextTryAt(state == DeliveryState.PENDING && tries > 0 ? dueAt : null);
        row.setLastAnswer(lastAnswer.orElse(null));
        return row;
    }
}
