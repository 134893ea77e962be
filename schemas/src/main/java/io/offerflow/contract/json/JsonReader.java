package io.offerflow.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.offerflow.contract.NameSuggester;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;

/** Reads Avro values from a JSON tree; every mismatch names the path. */
final class JsonReader {

    private final SpecificData model;

    JsonReader(SpecificData model) {
        this.model = model;
    }

    IndexedRecord record(Schema schema, JsonNode node, String path) {
        if (!node.isObject()) {
            throw mismatch(path, "an object (" + schema.getName() + ")", node);
        }
        List<String> known = schema.getFields().stream().map(Schema.Field::name).toList();
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new JsonMismatchException(below(path, name), "a field of " + schema.getName() + " ("
                        + Scalars.listed(known) + ")", "an unknown one", NameSuggester.closest(name, known));
            }
        });
        IndexedRecord made = (IndexedRecord) model.newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            made.put(field.pos(), field(field, node.get(field.name()), below(path, field.name())));
        }
        return made;
    }

    private Object field(Schema.Field field, JsonNode node, String path) {
        if (node != null) {
            return value(field.schema(), node, path);
        }
        if (!field.hasDefaultValue()) {
            throw new JsonMismatchException(path, Scalars.describe(field.schema()), "nothing");
        }
        return model.deepCopy(field.schema(), model.getDefaultValue(field));
    }

    private Object value(Schema schema, JsonNode node, String path) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, node, path);
            case ARRAY -> array(schema, node, path);
            case UNION -> union(schema, node, path);
            case ENUM -> symbol(schema, node, path);
            case NULL, STRING, BYTES, INT, LONG, BOOLEAN, DOUBLE -> Scalars.read(schema, node, path);
            case FIXED, FLOAT, MAP -> throw new IllegalArgumentException(
                    "no schema of ours has a " + schema.getType().getName());
        };
    }

    private List<Object> array(Schema schema, JsonNode node, String path) {
        if (!node.isArray()) {
            throw mismatch(path, "a list", node);
        }
        List<Object> items = new ArrayList<>(node.size());
        for (int i = 0; i < node.size(); i++) {
            items.add(value(schema.getElementType(), node.get(i), path + "[" + i + "]"));
        }
        return items;
    }

    private Object union(Schema schema, JsonNode node, String path) {
        List<Schema> branches = Unions.withoutNull(schema);
        if (node.isNull() && schema.isNullable()) {
            // the value of an absent field in a SpecificRecord
            return null;
        }
        return branches.size() == 1 ? value(branches.getFirst(), node, path) : named(branches, node, path);
    }

    private Object named(List<Schema> branches, JsonNode node, String path) {
        Map<String, Schema> known = new LinkedHashMap<>();
        branches.forEach(branch -> known.put(branch.getName(), branch));
        String expected = "an object with one key, one of " + Scalars.listed(known.keySet());
        if (!node.isObject()) {
            throw mismatch(path, expected, node);
        }
        if (node.size() != 1) {
            throw new JsonMismatchException(path, expected, node.size() + " keys");
        }
        String name = node.fieldNames().next();
        Schema branch = known.get(name);
        if (branch == null) {
            throw new JsonMismatchException(path, expected, "\"" + Scalars.shortened(name) + "\"",
                    NameSuggester.closest(name, known.keySet()));
        }
        return value(branch, node.get(name), below(path, name));
    }

    private Object symbol(Schema schema, JsonNode node, String path) {
        List<String> symbols = schema.getEnumSymbols();
        if (!node.isTextual() || !symbols.contains(node.textValue())) {
            Optional<String> meant = node.isTextual() ? NameSuggester.closest(node.textValue(), symbols)
                    : Optional.empty();
            throw new JsonMismatchException(path, "one of " + Scalars.listed(symbols), Scalars.met(node), meant);
        }
        return model.createEnum(node.textValue(), schema);
    }

    private static JsonMismatchException mismatch(String path, String expected, JsonNode node) {
        return new JsonMismatchException(path, expected, Scalars.met(node));
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? Scalars.shortened(name) : path + "." + Scalars.shortened(name);
    }
}
