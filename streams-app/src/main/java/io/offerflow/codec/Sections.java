package io.offerflow.codec;

import io.offerflow.avro.BillingTerm;
import io.offerflow.avro.OfferListing;
import io.offerflow.avro.OfferSetup;
import io.offerflow.avro.Plan;
import io.offerflow.avro.PreviewAudience;
import io.offerflow.avro.Properties;
import io.offerflow.avro.TechnicalConfiguration;
import io.offerflow.avro.TestDrive;
import io.offerflow.contract.wire.GeneratedClasses;
import io.offerflow.domain.SectionId;
import io.offerflow.domain.content.Content;
import io.offerflow.domain.content.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Section and plan records of the contract to the domain's content trees and back, guided by their schemas. */
public final class Sections {

    private static final Map<SectionId, Schema> SCHEMAS = Map.of(
            SectionId.OFFER_SETUP, OfferSetup.getClassSchema(),
            SectionId.PROPERTIES, Properties.getClassSchema(),
            SectionId.OFFER_LISTING, OfferListing.getClassSchema(),
            SectionId.PREVIEW, PreviewAudience.getClassSchema(),
            SectionId.TECHNICAL_CONFIGURATION, TechnicalConfiguration.getClassSchema(),
            SectionId.TEST_DRIVE, TestDrive.getClassSchema());

    private Sections() {
    }

    static Content fromAvro(Object section) {
        IndexedRecord given = (IndexedRecord) section;
        SectionId id = SCHEMAS.entrySet().stream()
                .filter(known -> known.getValue().getFullName().equals(given.getSchema().getFullName()))
                .findFirst().orElseThrow().getKey();
        return new Content(id, group(given));
    }

    public static IndexedRecord toAvro(Content content) {
        return record(content.fields(), SCHEMAS.get(content.section()));
    }

    /** The fields of a record that is not a section's, such as a plan. */
    static Value.Group fields(IndexedRecord given) {
        return group(given);
    }

    /** A plan's content. */
    public static Plan plan(Value.Group content) {
        return (Plan) record(content, Plan.getClassSchema());
    }

    /** Terms with their prices, as they stand in a plan. */
    public static List<BillingTerm> toTerms(List<Value> terms) {
        return plan(new Value.Group(Map.of("terms", new Value.Items(List.copyOf(terms))))).getTerms();
    }

    static List<Value> fromTerms(List<BillingTerm> terms) {
        return fields(Plan.newBuilder().setTerms(terms).build()).items("terms");
    }

    private static Value.Group group(IndexedRecord given) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (Schema.Field field : given.getSchema().getFields()) {
            Object value = given.get(field.pos());
            if (value != null && !(value instanceof List<?> items && items.isEmpty())) {
                fields.put(field.name(), value(value));
            }
        }
        return new Value.Group(fields);
    }

    private static Value value(Object given) {
        return switch (given) {
            case CharSequence text -> new Value.Text(text.toString());
            case Boolean flag -> new Value.Flag(flag);
            case Number number -> new Value.Whole(number.longValue());
            case List<?> items -> new Value.Items(items.stream().map(Sections::value).toList());
            case IndexedRecord inner -> group(inner);
            default -> throw new IllegalArgumentException("no content is of type " + given.getClass());
        };
    }

    private static IndexedRecord record(Value.Group group, Schema schema) {
        IndexedRecord made = (IndexedRecord) GeneratedClasses.model().newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            Schema type = notNull(field.schema());
            made.put(field.pos(), group.get(field.name()).map(value -> object(value, type))
                    .orElseGet(() -> type.getType() == Schema.Type.ARRAY ? new ArrayList<>() : null));
        }
        return made;
    }

    private static Object object(Value value, Schema schema) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Flag flag -> flag.flag();
            case Value.Whole whole when schema.getType() == Schema.Type.INT -> (int) whole.number();
            case Value.Whole whole -> whole.number();
            case Value.Items items -> new ArrayList<>(items.items().stream()
                    .map(item -> object(item, notNull(schema.getElementType()))).toList());
            case Value.Group group -> record(group, schema);
        };
    }

    private static Schema notNull(Schema schema) {
        return schema.getType() != Schema.Type.UNION ? schema : schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL).findFirst().orElseThrow();
    }
}
