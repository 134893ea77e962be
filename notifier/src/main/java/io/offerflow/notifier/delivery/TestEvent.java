package io.offerflow.notifier.delivery;

import io.offerflow.avro.Coordinates;
import io.offerflow.avro.Delivery;
import io.offerflow.avro.DeliveryState;
import java.time.Instant;

/** The event that an operator sends to see whether a webhook works; it is tried once. */
public final class TestEvent {

    /** The type of the event. */
    public static final String TYPE = "io.offerflow.test";

    private TestEvent() {
    }

    /** The row that tells the operator what the receiver answered. */
    static Delivery row(String destination, Destination.TestRequest test, Coordinates source, DeliveryResult result,
            Instant now) {
        Delivery row = new Delivery();
        row.setDestination(destination);
        row.setEventId(test.id());
        row.setSource(source);
        row.setKey("");
        row.setOccurredAt(test.requestedAt());
        row.setState(result instanceof DeliveryResult.Delivered ? DeliveryState.DELIVERED : DeliveryState.GIVEN_UP);
        row.setTries(1);
        row.setQueuedAt(test.requestedAt());
        row.setLastTryAt(now);
        row.setLastAnswer(switch (result) {
            case DeliveryResult.Delivered delivered -> delivered.answer();
            case DeliveryResult.Filtered filtered -> "filtered";
            case DeliveryResult.Failed failed -> failed.answer();
            case DeliveryResult.Refused refused -> refused.answer();
            case DeliveryResult.Ended ended -> ended.answer();
        });
        return row;
    }
}
