package io.offerflow.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericContainer;
import org.apache.avro.generic.IndexedRecord;

/** Writes Avro values as a JSON tree, of generated classes and of generic records. */
final class JsonWriter {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonWriter() {
    }

    static JsonNode value(Schema schema, Object value) {
        if (Scalars.isInstant(schema)) {
            return NODES.textNode((value instanceof Instant instant ? instant
                    : Instant.ofEpochMilli((Long) value)).toString());
        }
        return switch (schema.getType()) {
            case RECORD -> record((IndexedRecord) value);
            case ARRAY -> array(schema, (Collection<?>) value);
            case UNION -> union(schema, value);
            case ENUM, STRING -> NODES.textNode(value.toString());
            case BYTES -> NODES.textNode(base64((ByteBuffer) value));
            case INT -> NODES.numberNode((Integer) value);
            case LONG -> NODES.numberNode((Long) value);
            case DOUBLE -> NODES.numberNode((Double) value);
            case BOOLEAN -> NODES.booleanNode((Boolean) value);
            case NULL -> NODES.nullNode();
            case FIXED, FLOAT, MAP -> throw new IllegalArgumentException(
                    "no schema of ours has a " + schema.getType().getName());
        };
    }

    private static ObjectNode record(IndexedRecord value) {
        ObjectNode node = NODES.objectNode();
        for (Schema.Field field : value.getSchema().getFields()) {
            node.set(field.name(), value(field.schema(), value.get(field.pos())));
        }
        return node;
    }

    private static ArrayNode array(Schema schema, Collection<?> items) {
        ArrayNode node = NODES.arrayNode(items.size());
        items.forEach(item -> node.add(value(schema.getElementType(), item)));
        return node;
    }

    private static JsonNode union(Schema schema, Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        List<Schema> branches = Unions.withoutNull(schema);
        if (branches.size() == 1) {
            return value(branches.getFirst(), value);
        }
        Schema branch = ((GenericContainer) value).getSchema();
        return NODES.objectNode().set(branch.getName(), value(branch, value));
    }

    private static String base64(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }
}
