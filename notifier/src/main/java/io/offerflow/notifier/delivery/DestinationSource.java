package io.offerflow.notifier.delivery;

/** Where the destinations come from. Called by the thread of the engine. */
public interface DestinationSource {

    /** The destinations now; the same object as long as nothing changes. */
    Destinations current();

    /** Ends a destination, since its receiver wants no more events; effective at once. */
    void end(Destination destination, String answer);
}
