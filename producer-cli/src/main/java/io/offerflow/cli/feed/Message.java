package io.offerflow.cli.feed;

import io.offerflow.contract.Topic;
import java.util.List;
import java.util.UUID;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record for an input topic.
 *
 * @param key {@code publisherId/offerId}
 * @param command what it asks for, for example {@code SubmitOffer}
 */
public record Message(Topic topic, String key, UUID commandId, String command, IndexedRecord value,
        List<Header> headers) {

    /** The same, only asking what would be decided. */
    public Message onlyAsked() {
        value.put(value.getSchema().getField("validateOnly").pos(), true);
        return this;
    }
}
