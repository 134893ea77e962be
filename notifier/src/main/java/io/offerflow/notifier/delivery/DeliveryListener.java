package io.offerflow.notifier.delivery;

import io.offerflow.avro.DeadLetterReason;

/** Is told what the engine does, for metrics and the log. */
public interface DeliveryListener {

    /** An event was tried. */
    void tried(String destinationId, DeliveryResult result);

    /** An event was given up. */
    void givenUp(String destinationId, DeadLetterReason reason);

    /** One that passes everything on to several. */
    static DeliveryListener of(DeliveryListener... listeners) {
        return new DeliveryListener() {
            @Override
            public void tried(String destinationId, DeliveryResult result) {
                for (DeliveryListener listener : listeners) {
                    listener.tried(destinationId, result);
                }
            }

            @Override
            public void givenUp(String destinationId, DeadLetterReason reason) {
                for (DeliveryListener listener : listeners) {
                    listener.givenUp(destinationId, reason);
                }
            }
        };
    }
}
