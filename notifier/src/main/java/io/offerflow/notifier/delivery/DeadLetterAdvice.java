package io.offerflow.notifier.delivery;

import io.offerflow.avro.DeadLetterReason;

/** Says what an operator can do about a dead letter. */
final class DeadLetterAdvice {

    private DeadLetterAdvice() {
    }

    static String of(DeadLetterReason reason) {
        return switch (reason) {
            case REFUSED -> "Correct the address with `offerflow recipients set`; the message is not sent again.";
            case EXPIRED -> "Have the receiver repaired, then run `offerflow subscriptions replay` from the time of the"
                    + " event on; mail is not sent again.";
            case ENDED -> "Ask the receiver whether it wants events again; then run `offerflow subscriptions resume`"
                    + " and `offerflow subscriptions replay`.";
            case TOO_LARGE -> "Read the record from its topic, or raise the limit webhooks.max.bytes and replay.";
            case UNREADABLE -> "Upgrade the notifier or correct the schema registry, then replay.";
            case DELETED -> "The event cannot be sent any more; the state of the offer is in offer-status.";
            case UNKNOWN -> "Look at the detail.";
        };
    }
}
