package io.offerflow.contract.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * The instants that an input may contain: calendars of all common languages show them, and a delay can still be added.
 */
public final class InstantRange {

    /** The first instant. */
    public static final Instant FIRST = Instant.EPOCH;
    /** The instant after the last one. */
    public static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

    private static final Map<Schema, List<Schema.Field>> FIELDS = new ConcurrentHashMap<>();

    private InstantRange() {
    }

    /** Whether an input may contain it. */
    public static boolean contains(Instant instant) {
        return !instant.isBefore(FIRST) && instant.isBefore(END);
    }

    /** The instant, or the end of the range that is closest to it. */
    public static Instant clamp(Instant instant) {
        return instant.isBefore(FIRST) ? FIRST : instant.isBefore(END) ? instant : END;
    }

    /** Path of the first instant in a value that is outside the range. */
    static Optional<String> violation(IndexedRecord value) {
        for (Schema.Field field : FIELDS.computeIfAbsent(value.getSchema(), InstantRange::withInstants)) {
            Optional<String> found = violation(value.get(field.pos()), field.name());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> violation(Object value, String path) {
        return switch (value) {
            case Instant instant when !contains(instant) -> Optional.of(path);
            case IndexedRecord record -> violation(record).map(inner -> path + "." + inner);
            case List<?> items -> items.stream().flatMap(item -> violation(item, path + "[]").stream()).findFirst();
            case null, default -> Optional.empty();
        };
    }

    private static List<Schema.Field> withInstants(Schema record) {
        return record.getFields().stream().filter(field -> mayContain(field.schema())).toList();
    }

    private static boolean mayContain(Schema schema) {
        return switch (schema.getType()) {
            case UNION -> schema.getTypes().stream().anyMatch(InstantRange::mayContain);
            case RECORD -> schema.getFields().stream().anyMatch(field -> mayContain(field.schema()));
            case ARRAY -> mayContain(schema.getElementType());
            case LONG -> schema.getLogicalType() != null;
            default -> false;
        };
    }
}
