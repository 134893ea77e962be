package io.offerflow.cli.render;

import com.fasterxml.jackson.databind.JsonNode;

/** Shows a JSON tree as indented lines, without null and empty values, and with long texts cut. */
final class JsonOutline {

    private static final int LONGEST_TEXT = 100;
    private static final String INDENT = "  ";

    private JsonOutline() {
    }

    static void append(StringBuilder text, JsonNode value) {
        fields(text, value, INDENT);
    }

    private static void fields(StringBuilder text, JsonNode object, String indent) {
        object.properties().forEach(field -> entry(text, field.getKey() + ":", field.getValue(), indent));
    }

    private static void entry(StringBuilder text, String label, JsonNode value, String indent) {
        if (value.isNull() || value.isArray() && value.isEmpty()) {
            return;
        }
        text.append(System.lineSeparator()).append(indent).append(label);
        if (value.isObject()) {
            fields(text, value, indent + INDENT);
        } else if (value.isArray()) {
            value.forEach(item -> item(text, item, indent + INDENT));
        } else {
            text.append(' ').append(shortened(value.asText()));
        }
    }

    private static void item(StringBuilder text, JsonNode item, String indent) {
        if (!item.isObject()) {
            text.append(System.lineSeparator()).append(indent).append("- ").append(shortened(item.asText()));
            return;
        }
        StringBuilder inner = new StringBuilder();
        fields(inner, item, indent + INDENT);
        // the first field is on the line of the dash
        int start = inner.indexOf(indent + INDENT);
        text.append(System.lineSeparator()).append(indent).append("- ")
                .append(start < 0 ? "" : inner.substring(start + indent.length() + INDENT.length()));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST_TEXT ? line
                : line.substring(0, LONGEST_TEXT) + "... (" + text.length() + " characters)";
    }
}
