package io.offerflow.notifier.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.contract.json.AvroJson;
import io.offerflow.contract.json.JsonTrees;
import io.offerflow.notifier.delivery.EventRef;
import io.offerflow.notifier.delivery.OutgoingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** An event as CloudEvents 1.0 in structured JSON. */
final class CloudEventJson {

    static final String CONTENT_TYPE = "application/cloudevents+json; charset=utf-8";

    private static final String SOURCE = "/offerflow";

    private CloudEventJson() {
    }

    /** @param value empty for a tombstone, whose data is null */
    static byte[] of(OutgoingEvent event, Optional<IndexedRecord> value) {
        EventRef ref = event.ref();
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("specversion", "1.0")
                .put("id", ref.id())
                .put("source", event.attributes().getOrDefault("ce_source", SOURCE))
                .put("type", event.attributes().getOrDefault("ce_type", ref.topic().schema().getFullName()))
                .put("time", event.attributes().getOrDefault("ce_time", ref.timestamp().toString()))
                .put("topic", ref.topic().topicName());
        if (!ref.key().isEmpty()) { // CloudEvents forbids an empty subject
            json.put("subject", ref.key());
        }
        Optional.ofNullable(event.attributes().get("traceparent")).ifPresent(trace -> json.put("traceparent", trace));
        json.put("datacontenttype", "application/json");
        value.ifPresentOrElse(record -> json.set("data", AvroJson.write(record)), () -> json.putNull("data"));
        return JsonTrees.text(json).getBytes(StandardCharsets.UTF_8);
    }
}
