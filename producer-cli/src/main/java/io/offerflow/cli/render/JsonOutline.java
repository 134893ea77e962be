package io.offerflow.cli.render;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Shows a JSON tree as indented lines, without null and empty values, and with long texts cut. */
public final class JsonOutline {

    private static final int LONGEST_TEXT = 100;
    private static final String INDENT = "  ";

    private JsonOutline() {
    }

    public static List<String> lines(JsonNode value) {
        List<String> lines = new ArrayList<>();
        fields(lines, value, INDENT);
        return lines;
    }

    private static void fields(List<String> lines, JsonNode object, String indent) {
        object.properties().forEach(field -> entry(lines, indent + field.getKey() + ":", field.getValue(), indent));
    }

    private static void entry(List<String> lines, String label, JsonNode value, String indent) {
        if (value.isNull() || value.isArray() && value.isEmpty()) {
            return;
        }
        if (value.isObject()) {
            lines.add(label);
            fields(lines, value, indent + INDENT);
        } else if (value.isArray()) {
            lines.add(label);
            value.forEach(item -> item(lines, item, indent + INDENT));
        } else {
            lines.add(label + ' ' + shortened(value.asText()));
        }
    }

    private static void item(List<String> lines, JsonNode item, String indent) {
        if (!item.isObject()) {
            lines.add(indent + "- " + shortened(item.asText()));
            return;
        }
        List<String> inner = new ArrayList<>();
        fields(inner, item, indent + INDENT);
        // the first field is on the line of the dash
        lines.add(indent + "- " + (inner.isEmpty() ? "" : inner.removeFirst().strip()));
        lines.addAll(inner);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text
                : text.substring(0, LONGEST_TEXT) + "... (" + text.length() + " characters)";
    }
}
