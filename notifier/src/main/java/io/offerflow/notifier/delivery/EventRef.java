package io.offerflow.notifier.delivery;

import io.offerflow.avro.Coordinates;
import io.offerflow.contract.Topic;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;

/**
 * Names an event and says where its record is.
 *
 * @param id the header {@code ce_id}, or the coordinates of a record without this header
 * @param key of the record; empty if it has none
 * @param timestamp of the record
 */
public record EventRef(String id, Topic topic, int partition, long offset, String key, Instant timestamp) {

    /** The publisher, or the whole key if it is not about an offer. */
    public String publisherId() {
        return part(0);
    }

    /** The offer, without its publisher; empty if the key is not about an offer. */
    public String offerId() {
        return part(1);
    }

    /** What events are kept in order by: publisher and offer. */
    String offer() {
        return publisherId() + "/" + offerId();
    }

    TopicPartition topicPartition() {
        return new TopicPartition(topic.topicName(), partition);
    }

    Coordinates coordinates() {
        return new Coordinates(topic.topicName(), partition, offset);
    }

    private String part(int index) {
        String[] parts = key.split("/", 3);
        return index < parts.length ? parts[index] : "";
    }
}
