package io.offerflow.notifier.delivery;

import io.offerflow.contract.Topic;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Where events are delivered to: one recipient or one webhook.
 *
 * @param id {@code mail:} and the address, or {@code webhook:} and the id of the subscription
 * @param receiver destinations with the same one share a rate, and the waits after failures
 * @param topics whose events it receives
 * @param since records with earlier timestamps are not for it
 * @param paused whether its events wait
 * @param sender sends one event
 */
public record Destination(String id, Receiver receiver, Set<Topic> topics, Instant since, boolean paused,
        Optional<ReplayRequest> replay, Optional<TestRequest> test, EventSender sender) {

    /**
     * A server that events are sent to.
     *
     * @param maxPerSecond most events per second
     * @param maxInFlight most events at a time
     */
    public record Receiver(String id, int maxPerSecond, int maxInFlight) {
    }

    /** A request to send events again. Each id is carried out once. */
    public record ReplayRequest(String id, Instant from, Instant requestedAt) {
    }

    /** A request to send a test event. */
    public record TestRequest(String id, Instant requestedAt) {
    }

    /** Sends events. Called by several threads at a time. */
    public interface EventSender {

        /** Tries once. An exception is a defect and handled like a failure. */
        DeliveryResult send(OutgoingEvent event) throws InterruptedException;
    }

    public Destination {
        topics = Set.copyOf(topics);
    }
}
