package io.offerflow.notifier.delivery;

import io.offerflow.contract.Topic;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All destinations at one time. */
public interface Destinations {

    /** The topics that some destination receives events of. */
    Set<Topic> topics();

    /** The earliest time from which on a destination receives events of a topic; empty if none does. */
    Optional<Instant> since(Topic topic);

    /** The destinations that receive an event, without a look at its value. */
    List<Destination> of(EventRef event);

    /** The destination with this id, if there still is one. */
    Optional<Destination> find(String id);

    /** Every destination, except those that are made for an event. */
    Collection<Destination> all();
}
