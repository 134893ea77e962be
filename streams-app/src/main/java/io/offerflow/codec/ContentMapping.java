package io.offerflow.codec;

import io.offerflow.avro.BillingTerm;
import io.offerflow.avro.OfferListing;
import io.offerflow.avro.OfferSetup;
import io.offerflow.avro.Plan;
import io.offerflow.avro.PreviewAudience;
import io.offerflow.avro.Properties;
import io.offerflow.avro.TechnicalConfiguration;
import io.offerflow.avro.TestDrive;
import io.offerflow.contract.GeneratedClasses;
import io.offerflow.domain.model.Content;
import io.offerflow.domain.model.SectionId;
import io.offerflow.domain.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Section and plan records of the contract to the domain's content trees and back, guided by their schemas. */
public final class ContentMapping {

    private static final Map<SectionId, Schema> SCHEMAS = Map.of(
            SectionId.OFFER_SETUP, OfferSetup.getClassSchema(),
            SectionId.PROPERTIES, Properties.getClassSchema(),
            SectionId.OFFER_LISTING, OfferListing.getClassSchema(),
            SectionId.PREVIEW, PreviewAudience.getClassSchema(),
            SectionId.TECHNICAL_CONFIGURATION, TechnicalConfiguration.getClassSchema(),
            SectionId.TEST_DRIVE, TestDrive.getClassSchema());

    private static final Map<String, SectionId> SECTIONS = SCHEMAS.entrySet().stream().collect(Collectors.toMap(
            section -> section.getValue().getFullName(), Map.Entry::getKey));
    private static final Map<Schema, List<MappedField>> FIELDS = new ConcurrentHashMap<>();

    /**
     * A field of a record as content trees see it.
     *
     * @param type what it holds if it holds anything
     */
    private record MappedField(String name, int position, Schema type) {
    }

    private ContentMapping() {
    }

    /** The fields of a record in the order of their names, as trees have them. */
    private static List<MappedField> fieldsOf(Schema schema) {
        return FIELDS.computeIfAbsent(schema, record -> record.getFields().stream()
                .map(field -> new MappedField(field.name(), field.pos(), notNull(field.schema())))
                .sorted(Comparator.comparing(MappedField::name)).toList());
    }

    static Content fromAvro(Object section) {
        IndexedRecord given = (IndexedRecord) section;
        SectionId id = Optional.ofNullable(SECTIONS.get(given.getSchema().getFullName())).orElseThrow();
        return new Content(id, group(given));
    }

    public static IndexedRecord toAvro(Content content) {
        return record(content.fields(), SCHEMAS.get(content.section()));
    }

    /** The fields of a record that is not a section's, such as a plan. */
    static Value.Struct fields(IndexedRecord given) {
        return group(given);
    }

    /** A plan's content. */
    public static Plan plan(Value.Struct content) {
        return (Plan) record(content, Plan.getClassSchema());
    }

    /** Terms with their prices, as they stand in a plan. */
    public static List<BillingTerm> toTerms(List<Value> terms) {
        return plan(new Value.Struct(Map.of("terms", new Value.Array(List.copyOf(terms))))).getTerms();
    }

    static List<Value> fromTerms(List<BillingTerm> terms) {
        return fields(Plan.newBuilder().setTerms(terms).build()).items("terms");
    }

    private static Value.Struct group(IndexedRecord given) {
        List<String> names = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (MappedField field : fieldsOf(given.getSchema())) {
            Object value = given.get(field.position());
            if (value != null && !(value instanceof List<?> items && items.isEmpty())) {
                names.add(field.name());
                values.add(value(value));
            }
        }
        return Value.Struct.ofSorted(names, values);
    }

    private static Value value(Object given) {
        return switch (given) {
            case CharSequence text -> new Value.Text(text.toString());
            case Boolean flag -> new Value.Bool(flag);
            case Number number -> new Value.Int(number.longValue());
            case List<?> items -> {
                List<Value> values = new ArrayList<>(items.size());
                items.forEach(item -> values.add(value(item)));
                yield new Value.Array(values);
            }
            case IndexedRecord inner -> group(inner);
            default -> throw new IllegalArgumentException("no content is of type " + given.getClass());
        };
    }

    private static IndexedRecord record(Value.Struct group, Schema schema) {
        IndexedRecord made = (IndexedRecord) GeneratedClasses.model().newRecord(null, schema);
        int place = 0;
        for (MappedField field : fieldsOf(schema)) { // both are in the order of names
            while (place < group.size() && group.name(place).compareTo(field.name()) < 0) {
                place++;
            }
            boolean given = place < group.size() && group.name(place).equals(field.name());
            made.put(field.position(), given ? object(group.value(place), field.type()) : nothing(field.type()));
        }
        return made;
    }

    private static Object nothing(Schema type) {
        return type.getType() == Schema.Type.ARRAY ? new ArrayList<>() : null;
    }

    private static Object object(Value value, Schema schema) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Bool flag -> flag.flag();
            case Value.Int whole when schema.getType() == Schema.Type.INT -> (int) whole.number();
            case Value.Int whole -> whole.number();
            case Value.Array items -> {
                Schema type = notNull(schema.getElementType());
                List<Object> objects = new ArrayList<>(items.items().size());
                items.items().forEach(item -> objects.add(object(item, type)));
                yield objects;
            }
            case Value.Struct group -> record(group, schema);
        };
    }

    private static Schema notNull(Schema schema) {
        return schema.getType() != Schema.Type.UNION ? schema : schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL).findFirst().orElseThrow();
    }
}
