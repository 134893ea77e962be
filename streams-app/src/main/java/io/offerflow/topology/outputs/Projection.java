package io.offerflow.topology.outputs;

import io.offerflow.contract.Topic;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.generic.IndexedRecord;

/**
 * A pure function from a transition to the rows of one output topic.
 *
 * @param topic of the rows
 * @param values the function
 */
public record Projection(Topic topic, Function<Transition, List<OutputRow>> values) {

    /**
     * All projections, in the order in which their records are written after the journal entry.
     *
     * @param publishers language of notifications
     */
    public static List<Projection> all(Locale publishers) {
        return List.of(
                new Projection(Topic.COMMAND_OUTCOMES, OutcomeProjection::of),
                new Projection(Topic.OFFER_STATUS, OfferStatusProjection::of),
                new Projection(Topic.PLAN_STATUS, PlanStatusProjection::of),
                new Projection(Topic.AUDIENCE_MEMBERS, AudienceMemberProjection::of),
                new Projection(Topic.ENTITLEMENTS, EntitlementProjection::of),
                new Projection(Topic.STOREFRONT, StorefrontProjection::of),
                new Projection(Topic.STEP_REQUESTS, StepRequestProjection::of),
                new Projection(Topic.NOTIFICATIONS, transition -> NotificationProjection.of(transition, publishers)));
    }

    /**
     * A row of an output topic.
     *
     * @param part suffix of the record's key after the offer's key, for rows of something inside an offer
     * @param value of the record; empty for a tombstone
     */
    public record OutputRow(Optional<String> part, Optional<IndexedRecord> value) {

        static OutputRow of(IndexedRecord value) {
            return new OutputRow(Optional.empty(), Optional.of(value));
        }

        static OutputRow tombstone() {
            return new OutputRow(Optional.empty(), Optional.empty());
        }

        OutputRow under(String name) {
            return new OutputRow(Optional.of(name), value);
        }
    }
}
