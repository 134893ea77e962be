package io.offerflow.topology.outputs;

import io.offerflow.contract.Topic;
import io.offerflow.topology.Moment;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.generic.IndexedRecord;

/**
 * One output: a pure function of what happened.
 *
 * @param topic it is written to
 * @param values the values of its records; nothing for a tombstone
 */
public record Projection(Topic topic, Function<Moment, List<Optional<IndexedRecord>>> values) {

    /** The outputs that are made of every entry, in the order in which they are written; the journal comes first. */
    public static final List<Projection> ALL = List.of(
            new Projection(Topic.COMMAND_OUTCOMES, Outcomes::of),
            new Projection(Topic.OFFER_STATUS, StatusRows::of),
            new Projection(Topic.STEP_REQUESTS, StepRequests::of),
            new Projection(Topic.NOTIFICATIONS, Notifications::of));
}
