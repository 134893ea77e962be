package io.offerflow.notifier.delivery;

import io.offerflow.avro.DeadLetterReason;
import java.time.Duration;
import java.util.Optional;

/** What followed from one try to deliver an event. */
public sealed interface DeliveryResult {

    /** The receiver has accepted it. */
    record Delivered(String answer) implements DeliveryResult {
    }

    /** The destination does not want events of this kind; nothing was sent. */
    record Filtered() implements DeliveryResult {
    }

    /**
     * It is tried again later.
     *
     * @param retryAfter how long the receiver wants to be left alone, if it says so
     */
    record Failed(FailureKind kind, String answer, Optional<Duration> retryAfter) implements DeliveryResult {
        public Failed(FailureKind kind, String answer) {
            this(kind, answer, Optional.empty());
        }
    }

    /** Another try cannot succeed. */
    record Refused(DeadLetterReason reason, String answer) implements DeliveryResult {
    }

    /** The receiver wants no more events at all. */
    record Ended(String answer) implements DeliveryResult {
    }
}
