package io.offerflow.topology.outputs;

import io.offerflow.contract.Topic;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.generic.IndexedRecord;

/**
 * One output: a pure function of what happened.
 *
 * @param topic it is written to
 * @param values its records
 */
public record Projection(Topic topic, Function<Transition, List<OutputRow>> values) {

    /**
     * The outputs that are made of every entry, in the order in which they are written, after the journal.
     *
     * @param publishers the language publishers are written in
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
     * A record of an output.
     *
     * @param part what follows the offer's key in the record's key, for rows of something inside an offer
     * @param value its value; nothing for a tombstone
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
