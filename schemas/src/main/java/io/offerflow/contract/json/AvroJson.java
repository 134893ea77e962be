package io.offerflow.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.contract.GeneratedClasses;
import io.offerflow.contract.Topic;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Plain JSON to Avro records and back, guided by the schema.
 *
 * <ul>
 * <li>An optional value is written as itself or as {@code null}.
 * <li>A union of records is an object with one key, the name of the record: {@code {"SubmitOffer": {...}}}.
 * <li>Instants are ISO-8601 ({@code 2026-03-01T09:30:00.250Z}), bytes base64, enums their symbol.
 * <li>Fields that are left out take their default; an unknown field is an error.
 * </ul>
 */
public final class AvroJson {

    private AvroJson() {
    }

    /**
     * Reads a value of a topic.
     *
     * @throws JsonMismatchException if the text does not match the schema of the topic
     */
    public static IndexedRecord read(Topic topic, String text) {
        return read(topic.schema(), JsonTrees.parse(text));
    }

    /**
     * Reads a record, as the generated class of the schema if there is one.
     *
     * @throws JsonMismatchException if the tree does not match the schema
     */
    public static IndexedRecord read(Schema schema, JsonNode tree) {
        return new JsonReader(GeneratedClasses.model()).record(schema, tree, "");
    }

    /** The record as a JSON tree that {@link #read(Schema, JsonNode)} reads back to an equal record. */
    public static JsonNode write(IndexedRecord value) {
        return JsonWriter.value(value.getSchema(), value);
    }
}
