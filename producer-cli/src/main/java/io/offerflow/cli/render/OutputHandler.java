package io.offerflow.cli.render;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Notification;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.PlanStatus;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.Storefront;
import java.util.Optional;

/**
 * Receives the records that tell what happens to offers, decoded; see {@link OutputDispatcher}. A handler overrides the
 * methods for the topics that it needs. A row of a compacted topic is empty when it was deleted.
 */
public interface OutputHandler {

    /** A record of command-outcomes. */
    default void outcome(String key, CommandOutcome outcome) {
    }

    /** A record of offer-status. */
    default void status(String key, Optional<OfferStatus> row) {
    }

    /** A record of plan-status. */
    default void plan(String key, Optional<PlanStatus> row) {
    }

    /** A record of storefront. */
    default void storefront(String key, Optional<Storefront> row) {
    }

    /** A record of notifications. */
    default void notification(String key, Notification notification) {
    }

    /** A record of quarantine. */
    default void quarantined(String key, QuarantinedRecord record) {
    }
}
