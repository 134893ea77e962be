package io.offerflow.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.contract.json.AvroJson;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/** Builds the JSON of responses. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Json() {
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array(Collection<? extends JsonNode> items) {
        return JsonNodeFactory.instance.arrayNode(items.size()).addAll(items);
    }

    /** The records in the JSON form of the contract. */
    public static ArrayNode records(Collection<? extends IndexedRecord> records) {
        return array(records.stream().map(AvroJson::write).toList());
    }

    public static JsonNode time(Optional<Instant> at) {
        return text(at.map(MILLISECONDS::format));
    }

    public static String time(Instant at) {
        return MILLISECONDS.format(at);
    }

    public static JsonNode text(Optional<String> text) {
        return text.<JsonNode>map(JsonNodeFactory.instance::textNode).orElse(JsonNodeFactory.instance.nullNode());
    }

    public static JsonNode number(Optional<Long> number) {
        return number.<JsonNode>map(JsonNodeFactory.instance::numberNode)
                .orElse(JsonNodeFactory.instance.nullNode());
    }

    public static JsonNode record(Optional<? extends IndexedRecord> record) {
        return record.map(AvroJson::write).orElse(JsonNodeFactory.instance.nullNode());
    }

    public static byte[] bytes(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write a JSON tree", e);
        }
    }
}
