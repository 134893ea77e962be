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

/** Maps section and plan records of the contract to the domain's content trees and back, by their schemas. */
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
     * A field of a record.
     *
     * @param type of a value that is not null
     */
    private record MappedField(String name, int position, Schema type) {
    }

    private ContentMapping() {
    }

    /** The fields of a record in the order of their names, which is the order of content trees. */
    private static List<MappedField> fieldsOf(Schema schema) {
        return FIELDS.computeIfAbsent(schema, record -> record.getFields().stream()
                .map(field -> new MappedField(field.name(), field.pos(), notNull(field.schema())))
                .sorted(Comparator.comparing(MappedField::name)).toList());
    }

    static Content fromAvro(Object section) {
        IndexedRecord given = (IndexedRecord) section;
        SectionId id = Optional.ofNullable(SECTIONS.get(given.getSchema().getFullName())).orElseThrow();
        return new Content(id, struct(given));
    }

    public static IndexedRecord toAvro(Content content) {
        return record(content.fields(), SCHEMAS.get(content.section()));
    }

    /** The fields of a record that is not a section, such as a plan. */
    static Value.Struct fields(IndexedRecord given) {
        return struct(given);
    }

    /** A plan's content. */
    public static Plan plan(Value.Struct content) {
        return (Plan) record(content, Plan.getClassSchema());
    }

    /** The billing terms of a plan. */
    public static List<BillingTerm> toTerms(List<Value> terms) {
        return plan(new Value.Struct(Map.of("terms", new Value.Array(List.copyOf(terms))))).getTerms();
    }

    static List<Value> fromTerms(List<BillingTerm> terms) {
        return fields(Plan.newBuilder().setTerms(terms).build()).items("terms");
    }

    private static Value.Struct struct(IndexedRecord given) {
        List<String> names = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (MappedField field : fieldsOf(given.getSchema())) {
            Object value = given.get(field.position());
            if (value != null && !(value instanceof List<?> array && array.isEmpty())) {
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
            case List<?> array -> {
                List<Value> values = new ArrayList<>(array.size());
                array.forEach(item -> values.add(value(item)));
                yield new Value.Array(values);
            }
            case IndexedRecord inner -> struct(inner);
            default -> throw new IllegalArgumentException("no content is of type " + given.getClass());
        };
    }

    private static IndexedRecord record(Value.Struct struct, Schema schema) {
        IndexedRecord target = (IndexedRecord) GeneratedClasses.model().newRecord(null, schema);
        int index = 0;
        for (MappedField field : fieldsOf(schema)) { // both are in the order of names
            while (index < struct.size() && struct.name(index).compareTo(field.name()) < 0) {
                index++;
            }
            boolean given = index < struct.size() && struct.name(index).equals(field.name());
            target.put(field.position(), given ? object(struct.value(index), field.type()) : nothing(field.type()));
        }
        return target;
    }

    private static Object nothing(Schema type) {
        return type.getType() == Schema.Type.ARRAY ? new ArrayList<>() : null;
    }

    private static Object object(Value value, Schema schema) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Bool flag -> flag.flag();
            case Value.Int number when schema.getType() == Schema.Type.INT -> (int) number.number();
            case Value.Int number -> number.number();
            case Value.Array array -> {
                Schema type = notNull(schema.getElementType());
                List<Object> objects = new ArrayList<>(array.items().size());
                array.items().forEach(item -> objects.add(object(item, type)));
                yield objects;
            }
            case Value.Struct struct -> record(struct, schema);
        };
    }

    private static Schema notNull(Schema schema) {
        return schema.getType() != Schema.Type.UNION ? schema : schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL).findFirst().orElseThrow();
    }
}
