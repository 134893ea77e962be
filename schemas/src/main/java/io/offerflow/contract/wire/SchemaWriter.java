package io.offerflow.contract.wire;

import io.offerflow.contract.GeneratedClasses;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.Encoder;

/**
 * Writes records of the generated classes in Avro binary, the same bytes as Avro's own writer. Everything that depends
 * on the schema only is looked up once; Avro's writer looks for conversions, fields and branches with each value, which
 * takes more time than writing. Safe for use by several threads.
 */
public final class SchemaWriter {

    private interface TypeWriter {
        void write(Object value, Encoder out) throws IOException;
    }

    private final TypeWriter root;

    private SchemaWriter(TypeWriter root) {
        this.root = root;
    }

    /**
     * A writer for records of this schema.
     *
     * @throws IllegalArgumentException if the schema has a type that no topic or store uses
     */
    public static SchemaWriter of(Schema schema) {
        return new SchemaWriter(writer(schema));
    }

    /**
     * Writes a record.
     *
     * @throws AvroRuntimeException if a field has no value although it needs one, or one of another type
     */
    public void write(IndexedRecord record, Encoder out) throws IOException {
        root.write(record, out);
    }

    private static TypeWriter writer(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case UNION -> union(schema);
            case ARRAY -> array(writer(schema.getElementType()));
            case ENUM -> (value, out) -> out.writeEnum(((Enum<?>) value).ordinal());
            case STRING -> (value, out) -> out.writeString((String) value);
            case BYTES -> (value, out) -> out.writeBytes((ByteBuffer) value);
            case LONG -> schema.getLogicalType() instanceof LogicalTypes.TimestampMillis
                    ? (value, out) -> out.writeLong(((Instant) value).toEpochMilli())
                    : (value, out) -> out.writeLong((Long) value);
            case INT -> (value, out) -> out.writeInt((Integer) value);
            case BOOLEAN -> (value, out) -> out.writeBoolean((Boolean) value);
            case NULL -> (value, out) -> out.writeNull();
            case MAP, FIXED, FLOAT, DOUBLE -> throw new IllegalArgumentException(
                    "no topic or store has values of type " + schema.getType().getName());
        };
    }

    private static TypeWriter record(Schema schema) {
        TypeWriter[] fields = schema.getFields().stream().map(field -> writer(field.schema()))
                .toArray(TypeWriter[]::new);
        return (value, out) -> {
            IndexedRecord record = (IndexedRecord) value;
            for (int position = 0; position < fields.length; position++) {
                try {
                    fields[position].write(record.get(position), out);
                } catch (NullPointerException | ClassCastException e) {
                    throw new AvroRuntimeException("field %s of %s cannot be written: %s".formatted(
                            schema.getFields().get(position).name(), schema.getName(), e.getMessage()), e);
                }
            }
        };
    }

    private static TypeWriter array(TypeWriter item) {
        return (value, out) -> {
            List<?> items = (List<?>) value;
            out.writeArrayStart();
            out.setItemCount(items.size());
            for (int index = 0; index < items.size(); index++) {
                out.startItem();
                item.write(items.get(index), out);
            }
            out.writeArrayEnd();
        };
    }

    private static TypeWriter union(Schema schema) {
        TypeWriter[] branches = schema.getTypes().stream().map(SchemaWriter::writer).toArray(TypeWriter[]::new);
        Map<Class<?>, Integer> indexes = new ConcurrentHashMap<>();
        int nothing = schema.getTypes().stream().map(Schema::getType).toList().indexOf(Schema.Type.NULL);
        return (value, out) -> {
            int index = value == null && nothing >= 0 ? nothing : indexes.computeIfAbsent(value.getClass(),
                    type -> GeneratedClasses.model().resolveUnion(schema, value));
            out.writeIndex(index);
            branches[index].write(value, out);
        };
    }
}
