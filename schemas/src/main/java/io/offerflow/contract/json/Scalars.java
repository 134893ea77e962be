package io.offerflow.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collection;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Reads scalar values, and describes in words what is expected and what was found. */
final class Scalars {

    private static final int LONGEST_MET = 60;
    private static final int LONGEST_LISTED = 160;

    private Scalars() {
    }

    static Object read(Schema schema, JsonNode node, String path) {
        if (isInstant(schema)) {
            return instant(node, path);
        }
        boolean fits = switch (schema.getType()) {
            case NULL -> node.isNull();
            case STRING -> node.isTextual() && StandardCharsets.UTF_8.newEncoder().canEncode(node.textValue());
            case BYTES -> node.isTextual();
            case INT -> node.isIntegralNumber() && node.canConvertToInt();
            case LONG -> node.isIntegralNumber() && node.canConvertToLong();
            case DOUBLE -> node.isNumber();
            default -> node.isBoolean();
        };
        if (!fits) {
            throw new JsonMismatchException(path, describe(schema), met(node));
        }
        return switch (schema.getType()) {
            case NULL -> null;
            case STRING -> node.textValue();
            case BYTES -> bytes(node, path);
            case INT -> node.intValue();
            case LONG -> node.longValue();
            case DOUBLE -> node.doubleValue();
            default -> node.booleanValue();
        };
    }

    static boolean isInstant(Schema schema) {
        return schema.getLogicalType() instanceof LogicalTypes.TimestampMillis;
    }

    private static Instant instant(JsonNode node, String path) {
        String expected = "an instant such as 2026-03-01T09:30:00.250Z, to the millisecond";
        if (!node.isTextual()) {
            throw new JsonMismatchException(path, expected, met(node));
        }
        try {
            Instant instant = Instant.parse(node.textValue());
            if (instant.equals(Instant.ofEpochMilli(instant.toEpochMilli()))) {
                return instant;
            }
            throw new JsonMismatchException(path, expected, met(node) + ", which is finer; "
                    + instant.truncatedTo(ChronoUnit.MILLIS) + " would do");
        } catch (DateTimeException | ArithmeticException notAnInstant) {
            throw new JsonMismatchException(path, expected, met(node));
        }
    }

    private static ByteBuffer bytes(JsonNode node, String path) {
        try {
            return ByteBuffer.wrap(Base64.getDecoder().decode(node.textValue()));
        } catch (IllegalArgumentException notBase64) {
            throw new JsonMismatchException(path, "bytes in base64", met(node));
        }
    }

    /** What the schema expects, in words. */
    static String describe(Schema schema) {
        if (isInstant(schema)) {
            return "an instant such as 2026-03-01T09:30:00.250Z";
        }
        return switch (schema.getType()) {
            case STRING -> "a text";
            case BYTES -> "bytes in base64";
            case INT -> "a whole number from -2147483648 to 2147483647";
            case LONG -> "a whole number of at most 64 bits";
            case DOUBLE, FLOAT -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case ARRAY -> "a list";
            case ENUM -> "one of " + listed(schema.getEnumSymbols());
            case UNION -> "one of " + listed(schema.getTypes().stream().map(Schema::getName).toList());
            default -> "an object (" + schema.getName() + ")";
        };
    }

    /** What was found, short enough for a sentence. */
    static String met(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "\"" + shortened(node.textValue()) + "\"";
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            default -> shortened(node.asText());
        };
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() <= LONGEST_MET ? line : line.substring(0, LONGEST_MET - 3) + "...";
    }

    /** Known names in a sentence, cut if there are too many. */
    static String listed(Collection<String> known) {
        String all = String.join(", ", known);
        return all.length() <= LONGEST_LISTED ? all
                : all.substring(0, all.lastIndexOf(", ", LONGEST_LISTED)) + ", ...";
    }
}
