package io.offerflow.contract.json;

import io.offerflow.contract.GeneratedClasses;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;

/** Records of any schema of ours, filled at random; the same seed gives the same record. */
public final class RandomRecords {

    private static final String LETTERS = "aZ09 /\\\"\n\t\u00e9\u2603\ud83d\ude80";
    private final SpecificData model = GeneratedClasses.model();
    private final Random random;

    public RandomRecords(long seed) {
        this.random = new Random(seed);
    }

    public IndexedRecord of(Schema schema) {
        IndexedRecord made = (IndexedRecord) model.newRecord(null, schema);
        schema.getFields().forEach(field -> made.put(field.pos(), value(field.schema())));
        return made;
    }

    private Object value(Schema schema) {
        if (schema.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
            return random.nextInt(20) == 0 ? Instant.ofEpochMilli(random.nextLong())
                    : Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
        }
        return switch (schema.getType()) {
            case RECORD -> of(schema);
            case ARRAY -> list(schema.getElementType());
            case UNION -> value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case ENUM -> model.createEnum(
                    schema.getEnumSymbols().get(random.nextInt(schema.getEnumSymbols().size())), schema);
            case STRING -> text();
            case BYTES -> bytes();
            case INT -> random.nextInt();
            case LONG -> random.nextLong();
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
            default -> throw new IllegalArgumentException("not in our schemas: " + schema);
        };
    }

    private List<Object> list(Schema element) {
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(value(element));
        }
        return items;
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int[] letters = LETTERS.codePoints().toArray();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }

    private ByteBuffer bytes() {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
