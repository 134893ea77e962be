package io.offerflow.contract.wire;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Compares the logical types of a writer's schema with those of the reader's. Avro does not: it reads a number of
 * microseconds or days as one of milliseconds.
 */
final class LogicalTypeCheck {

    private LogicalTypeCheck() {
    }

    /** A sentence about the first field that means something else to the writer; empty if none does. */
    static Optional<String> mismatch(Schema writer, Schema reader) {
        return mismatch(writer, reader, "");
    }

    private static Optional<String> mismatch(Schema writer, Schema reader, String path) {
        if (writer.getType() == Schema.Type.UNION) {
            return first(writer.getTypes(), branch -> mismatch(branch, reader, path));
        }
        if (reader.getType() == Schema.Type.UNION) {
            return first(reader.getTypes(), branch -> corresponds(writer, branch) ? mismatch(writer, branch, path)
                    : Optional.empty());
        }
        return switch (reader.getType()) {
            case RECORD -> writer.getType() != Schema.Type.RECORD ? Optional.empty()
                    : first(reader.getFields(), field -> Optional.ofNullable(writer.getField(field.name()))
                            .flatMap(written -> mismatch(written.schema(), field.schema(),
                                    path.isEmpty() ? field.name() : path + "." + field.name())));
            case ARRAY -> writer.getType() != Schema.Type.ARRAY ? Optional.empty()
                    : mismatch(writer.getElementType(), reader.getElementType(), path + "[]");
            case MAP -> writer.getType() != Schema.Type.MAP ? Optional.empty()
                    : mismatch(writer.getValueType(), reader.getValueType(), path + "[]");
            default -> corresponds(writer, reader) && differs(writer, reader)
                    ? Optional.of("%s is %s, expected %s".formatted(path, meaning(writer), meaning(reader)))
                    : Optional.empty();
        };
    }

    private interface Comparison<T> {
        Optional<String> of(T item);
    }

    private static <T> Optional<String> first(List<T> items, Comparison<T> comparison) {
        return items.stream().map(comparison::of).flatMap(Optional::stream).findFirst();
    }

    /** Whether Avro reads the writer's type as this one, or promotes it. */
    private static boolean corresponds(Schema writer, Schema reader) {
        return switch (reader.getType()) {
            case RECORD, ENUM, FIXED -> writer.getType() == reader.getType()
                    && writer.getFullName().equals(reader.getFullName());
            case LONG -> writer.getType() == Schema.Type.LONG || writer.getType() == Schema.Type.INT;
            case STRING -> writer.getType() == Schema.Type.STRING || writer.getType() == Schema.Type.BYTES;
            default -> writer.getType() == reader.getType();
        };
    }

    private static boolean differs(Schema writer, Schema reader) {
        boolean promotedBytes = reader.getType() == Schema.Type.STRING && writer.getType() == Schema.Type.BYTES;
        boolean bothText = reader.getType() == Schema.Type.STRING && writer.getType() == Schema.Type.STRING;
        return promotedBytes || !bothText && !logical(writer).equals(logical(reader));
    }

    private static String meaning(Schema schema) {
        return logical(schema).orElseGet(() -> "a plain " + schema.getType().getName());
    }

    private static Optional<String> logical(Schema schema) {
        return Optional.ofNullable(schema.getProp("logicalType"));
    }
}
