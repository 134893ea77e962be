package io.offerflow.notifier.delivery;

import io.offerflow.avro.DeadLetterReason;

/** Is told what the engine does, for metrics. */
public interface DeliveryListener {

    /** An event was tried. */
    void tried(String destinationId, DeliveryResult result);

    /** An event was given up. */
    void givenUp(String destinationId, DeadLetterReason reason);
}
