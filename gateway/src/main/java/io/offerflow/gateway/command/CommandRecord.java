package io.offerflow.gateway.command;

import io.offerflow.contract.Topic;
import io.offerflow.domain.model.OfferKey;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/**
 * A command for an input topic.
 *
 * @param idempotencyKey as the client gave it, or the command id
 * @param envelope with the command
 * @param expectedVersion the draft version that the client saw
 * @param traceParent the W3C trace context of the request
 */
record CommandRecord(Topic topic, OfferKey offer, String idempotencyKey, String commandId,
        IndexedRecord envelope, Optional<Long> expectedVersion, Optional<String> traceParent) {
}
