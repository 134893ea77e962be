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
 * @param command the name of the command, for example {@code SubmitOffer}
 */
public record Message(Topic topic, String key, UUID commandId, String command, IndexedRecord value,
        List<Header> headers) {

    /** Changes the message so that the service only validates it. */
    public Message validateOnly() {
        value.put(value.getSchema().getField("validateOnly").pos(), true);
        return this;
    }
}
