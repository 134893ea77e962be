package io.offerflow.topology.outputs;

import io.offerflow.contract.Topic;
import io.offerflow.topology.Moment;
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
public record Projection(Topic topic, Function<Moment, List<Projected>> values) {

    /**
     * The outputs that are made of every entry, in the order in which they are written, after the journal.
     *
     * @param publishers the language publishers are written in
     */
    public static List<Projection> all(Locale publishers) {
        return List.of(
                new Projection(Topic.COMMAND_OUTCOMES, Outcomes::of),
                new Projection(Topic.OFFER_STATUS, StatusRows::of),
                new Projection(Topic.PLAN_STATUS, PlanRows::of),
                new Projection(Topic.AUDIENCE_MEMBERS, AudienceRows::of),
                new Projection(Topic.ENTITLEMENTS, Entitlements::of),
                new Projection(Topic.STOREFRONT, Storefronts::of),
                new Projection(Topic.STEP_REQUESTS, StepRequests::of),
                new Projection(Topic.NOTIFICATIONS, moment -> Notifications.of(moment, publishers)));
    }

    /**
     * A record of an output.
     *
     * @param part what follows the offer's key in the record's key, for rows of something inside an offer
     * @param value its value; nothing for a tombstone
     */
    public record Projected(Optional<String> part, Optional<IndexedRecord> value) {

        static Projected of(IndexedRecord value) {
            return new Projected(Optional.empty(), Optional.of(value));
        }

        static Projected tombstone() {
            return new Projected(Optional.empty(), Optional.empty());
        }

        Projected under(String name) {
            return new Projected(Optional.of(name), value);
        }
    }
}
