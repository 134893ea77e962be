package io.offerflow.notifier.delivery;

import io.offerflow.contract.Topic;
import io.offerflow.replay.write.Republish;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * An event with its content.
 *
 * @param attributes headers of the record, such as {@code ce_type}
 * @param value in the wire format; empty for a tombstone
 */
public record OutgoingEvent(EventRef ref, Map<String, String> attributes, Optional<byte[]> value) {

    private static final String ID = "ce_id";

    public OutgoingEvent {
        attributes = Map.copyOf(attributes);
    }

    /** The event of a record; of several headers with one name the last one counts. */
    static OutgoingEvent of(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            Optional.ofNullable(header.value()).ifPresent(bytes -> attributes.put(header.key(), text(bytes)));
        }
        String id = attributes.getOrDefault(ID, "%s-%d-%d".formatted(record.topic(), record.partition(),
                record.offset()));
        EventRef ref = new EventRef(id, Topic.named(record.topic()).orElseThrow(), record.partition(), record.offset(),
                Optional.ofNullable(record.key()).map(OutgoingEvent::text).orElse(""),
                Instant.ofEpochMilli(record.timestamp()));
        return new OutgoingEvent(ref, attributes, Optional.ofNullable(record.value()));
    }

    /** Whether an operator wrote it again from the journal, so that it was sent before. */
    boolean isReplayed() {
        return attributes.containsKey(Republish.HEADER);
    }

    /** Whether it only shows that a webhook works. */
    public boolean isTest() {
        return TestEvent.TYPE.equals(attributes.get("ce_type"));
    }

    int size() {
        return value.map(bytes -> bytes.length).orElse(0);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
