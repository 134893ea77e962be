package io.offerflow.fuzz;

import io.offerflow.contract.Topic;
import io.offerflow.domain.model.Limits;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/**
 * Values of any schema, made from the schema alone: samples, and samples of which one field is at or beyond a bound.
 * The bounds of texts and lists are those of {@link Limits}.
 */
final class BoundaryValues {

    static final String GUID = "3f0c1b9a-5f6e-4f59-9a43-0d6a4a1f2b11";

    /** Samples of texts that have to be of a form, by the name of their field. */
    private static final Map<String, String> TEXTS = Map.ofEntries(Map.entry("planId", "gold"),
            Map.entry("customerId", GUID), Map.entry("id", GUID), Map.entry("importId", GUID),
            Map.entry("tenantId", GUID), Map.entry("appId", GUID), Map.entry("subscriptionId", GUID),
            Map.entry("type", "TENANT"), Map.entry("step", "CERTIFICATION"), Map.entry("offerType", "SAAS"),
            Map.entry("problemType", "SAAS"), Map.entry("category", "REMOVE_A_PUBLISHED_OFFER"),
            Map.entry("visibility", "PRIVATE"), Map.entry("pricingModel", "FLAT_RATE"), Map.entry("term", "MONTHLY"),
            Map.entry("price", "49.00"), Map.entry("language", "en-US"), Map.entry("callToAction", "GET_IT_NOW"),
            Map.entry("url", "https://contoso.example/a.png"), Map.entry("offerUrl", "https://contoso.example"),
            Map.entry("email", "desk@contoso.example"), Map.entry("mediaType", "image/png"),
            Map.entry("clear", "description"), Map.entry("planIds", "gold"), Map.entry("section", "PROPERTIES"),
            Map.entry("appKeyReference", "vault://contoso/key"));

    /** Optional fields that have to agree with the state of an offer, or with other fields. */
    private static final Set<String> ABSENT = Set.of("expectedVersion", "digest", "submission");

    /** The name of the section that a record is the content of. */
    private static final Map<String, String> SECTIONS = Map.of("OfferSetup", "OFFER_SETUP", "Properties", "PROPERTIES",
            "OfferListing", "OFFER_LISTING", "PreviewAudience", "PREVIEW", "TechnicalConfiguration",
            "TECHNICAL_CONFIGURATION", "TestDrive", "TEST_DRIVE");

    private static final List<String> NAMES = List.of("PUBLIC", "PER_USER", "ANNUAL", "SUBSCRIPTION", "fr-FR", "silver",
            "VIRTUAL_MACHINE", "FINAL_PUBLISH", "audience", "https://contoso.example/#a", "http://[", "javascript:x",
            "-1.5", "1e9", "0.00001", "999999999.9999", "9999999999", GUID.toUpperCase(Locale.ROOT),
            "a@b", "../..", "%s%n", "\u001b[2J", "\u202eabc", "\u0000", "\r\nforged", "\ufeff", "\ud83d\uded2");
    private static final List<String> CHARACTERS = List.of("a", "a", "é", "\ud83d\uded2", " ", "\t");
    private static final byte[][] NOT_TEXT = {{(byte) 0xE9}, {(byte) 0xC3, 0x28}, {'a', (byte) 0xFF},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, {(byte) 0xC0, (byte) 0x80}};
    private static final long[] NUMBERS = {Long.MIN_VALUE, Long.MIN_VALUE + 1, Integer.MIN_VALUE, -1, 0, 1, 2, 3, 141,
            Integer.MAX_VALUE, Integer.MAX_VALUE + 1L, 1_772_442_000_000L, 253_402_300_799_999L, 253_402_300_800_000L,
            1_772_442_000_000_000L, Long.MAX_VALUE - 1, Long.MAX_VALUE};
    private static final int[] LENGTHS = lengths();
    private static final int[] SIZES = {0, 1, 2, 3, 4, 5, 6, 10, 11, 20, 21, 30, 31, 141, 142, 500, 501};

    /** A field of a record on the way to the field to change. */
    record Step(Schema owner, String field) {
    }

    /** A field of an input, under the payload that it is sent with. */
    record Site(Topic topic, List<Step> steps) {

        @Override
        public String toString() {
            StringBuilder path = new StringBuilder(topic.topicName());
            steps.forEach(step -> path.append(' ').append(step.owner().getName()).append('.').append(step.field()));
            return path.toString();
        }
    }

    /** Every field of every payload of every input topic. */
    static final List<Site> SITES = sites();

    private final Random random;

    BoundaryValues(Random random) {
        this.random = random;
    }

    /** Each limit of a text, and one more. */
    private static int[] lengths() {
        TreeSet<Integer> lengths = new TreeSet<>(List.of(0, 1, 36, 37, 80, 81, 200, 201, 4_000, 4_001));
        for (RecordComponent limit : Limits.class.getRecordComponents()) {
            try {
                int most = (int) limit.getAccessor().invoke(Limits.DEFAULT);
                if (most <= 10_000) {
                    Collections.addAll(lengths, most, most + 1);
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return lengths.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Site> sites() {
        List<Site> sites = new ArrayList<>();
        Topic.inputs().forEach(topic -> collect(topic, topic.schema(), List.of(), sites));
        return List.copyOf(sites);
    }

    private static void collect(Topic topic, Schema schema, List<Step> before, List<Site> sites) {
        switch (schema.getType()) {
            case RECORD -> schema.getFields().forEach(field -> {
                List<Step> steps = new ArrayList<>(before);
                steps.add(new Step(schema, field.name()));
                sites.add(new Site(topic, List.copyOf(steps)));
                collect(topic, field.schema(), steps, sites);
            });
            case UNION -> schema.getTypes().forEach(branch -> collect(topic, branch, before, sites));
            case ARRAY -> collect(topic, schema.getElementType(), before, sites);
            default -> { /* no fields */ }
        }
    }

    /** A record of this schema; the field at the end of the steps is at or beyond a bound. */
    GenericRecord record(Schema schema, List<Step> steps) {
        GenericRecord made = (GenericRecord) value(schema, "", steps);
        if (made.hasField("payload") && made.get("payload") instanceof GenericRecord payload
                && payload.getSchema().getName().equals("SaveSection")
                && payload.get("content") instanceof GenericRecord content
                && !steps.getLast().field().equals("section")) {
            payload.put("section", SECTIONS.get(content.getSchema().getName()));
        }
        return made;
    }

    private Object value(Schema schema, String name, List<Step> steps) {
        if (steps.isEmpty()) {
            return bound(schema, name);
        }
        return switch (schema.getType()) {
            case RECORD -> record(schema, steps.getFirst().field(), steps.subList(1, steps.size()));
            case ARRAY -> List.of(value(schema.getElementType(), name, steps));
            case UNION -> value(schema.getTypes().stream().filter(branch -> leadsTo(branch, steps.getFirst().owner()))
                    .findFirst().orElseThrow(), name, steps);
            default -> throw new IllegalStateException("no field in " + schema);
        };
    }

    private static boolean leadsTo(Schema branch, Schema owner) {
        return branch.equals(owner) || branch.getType() == Schema.Type.ARRAY && branch.getElementType().equals(owner);
    }

    private GenericRecord record(Schema schema, String changed, List<Step> steps) {
        GenericRecord made = new GenericData.Record(schema);
        schema.getFields().forEach(field -> made.put(field.pos(), field.name().equals(changed)
                ? value(field.schema(), field.name(), steps) : sample(field.schema(), field.name())));
        return made;
    }

    /** An ordinary value. */
    Object sample(Schema schema, String name) {
        return switch (schema.getType()) {
            case RECORD -> record(schema, "", List.of());
            case ARRAY -> List.of(sample(schema.getElementType(), name));
            case UNION -> ABSENT.contains(name) ? null : schema.getTypes().stream()
                    .filter(branch -> branch.getType() != Schema.Type.NULL).findFirst()
                    .map(branch -> sample(branch, name)).orElse(null);
            case STRING -> name.equals("commandId") ? new UUID(random.nextLong(), random.nextLong())
                    .toString() : TEXTS.getOrDefault(name, "text");
            case BOOLEAN -> !name.equals("validateOnly");
            case INT -> name.equals("index") ? 0 : 1;
            case LONG -> 1L;
            case NULL -> null;
            case ENUM -> new GenericData.EnumSymbol(schema, schema.getEnumSymbols().getFirst());
            case BYTES -> ByteBuffer.allocate(3);
            case DOUBLE -> 0.5;
            default -> throw new IllegalStateException("no input has a field of type " + schema);
        };
    }

    /** A value at or beyond a bound. */
    private Object bound(Schema schema, String name) {
        return switch (schema.getType()) {
            case STRING -> text();
            case INT -> (int) NUMBERS[random.nextInt(NUMBERS.length)];
            case LONG -> NUMBERS[random.nextInt(NUMBERS.length)];
            case BOOLEAN -> random.nextBoolean();
            case ARRAY -> items(schema.getElementType(), name);
            case UNION -> {
                Schema branch = schema.getTypes().get(random.nextInt(schema.getTypes().size()));
                yield branch.getType() == Schema.Type.RECORD ? sample(branch, name) : bound(branch, name);
            }
            default -> sample(schema, name);
        };
    }

    private List<Object> items(Schema element, String name) {
        int size = SIZES[random.nextInt(random.nextInt(8) == 0 ? SIZES.length : 9)];
        Object same = random.nextInt(3) == 0 && element.getType() != Schema.Type.RECORD ? bound(element, name)
                : sample(element, name);
        List<Object> items = new ArrayList<>(size);
        for (int index = 0; index < size; index++) {
            items.add(random.nextInt(3) == 0 ? sample(element, name) : same);
        }
        return items;
    }

    private CharSequence text() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> NAMES.get(random.nextInt(NAMES.size()));
            case 2 -> new Utf8(NOT_TEXT[random.nextInt(NOT_TEXT.length)]);
            default -> CHARACTERS.get(random.nextInt(CHARACTERS.size()))
                    .repeat(LENGTHS[random.nextInt(random.nextInt(4) == 0 ? LENGTHS.length : LENGTHS.length / 2)]);
        };
    }
}
