package io.offerflow.notifier.delivery;

import java.time.Instant;
import java.util.ArrayDeque;

/** The events of one offer on their way to one destination: the next one is sent when the first one is done. */
final class OfferQueue {

    final Lane lane;
    final String offer;
    final ArrayDeque<PendingDelivery> events = new ArrayDeque<>();
    boolean inFlight;

    /** For the order among queues that are due at the same time: those that wait longest come first. */
    long turn;

    OfferQueue(Lane lane, String offer) {
        this.lane = lane;
        this.offer = offer;
    }

    /** When its first event is due. */
    Instant dueAt() {
        return events.getFirst().dueAt;
    }
}
