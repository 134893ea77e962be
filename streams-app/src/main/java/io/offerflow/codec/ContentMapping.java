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
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** Maps section and plan records of the contract to the domain's content trees and back, by their schemas. */
public final class ContentMapping {

    private static final Map<SectionId, RecordMapping> SECTIONS = Map.of(
            SectionId.OFFER_SETUP, RecordMapping.of(OfferSetup.getClassSchema()),
            SectionId.PROPERTIES, RecordMapping.of(Properties.getClassSchema()),
            SectionId.OFFER_LISTING, RecordMapping.of(OfferListing.getClassSchema()),
            SectionId.PREVIEW, RecordMapping.of(PreviewAudience.getClassSchema()),
            SectionId.TECHNICAL_CONFIGURATION, RecordMapping.of(TechnicalConfiguration.getClassSchema()),
            SectionId.TEST_DRIVE, RecordMapping.of(TestDrive.getClassSchema()));
    private static final Map<Class<?>, SectionId> SECTION_CLASSES = Map.of(
            OfferSetup.class, SectionId.OFFER_SETUP, Properties.class, SectionId.PROPERTIES,
            OfferListing.class, SectionId.OFFER_LISTING, PreviewAudience.class, SectionId.PREVIEW,
            TechnicalConfiguration.class, SectionId.TECHNICAL_CONFIGURATION, TestDrive.class, SectionId.TEST_DRIVE);
    private static final RecordMapping PLAN = RecordMapping.of(Plan.getClassSchema());

    private ContentMapping() {
    }

    static Content fromAvro(Object section) {
        SectionId id = Optional.ofNullable(SECTION_CLASSES.get(section.getClass())).orElseThrow();
        return new Content(id, SECTIONS.get(id).toValue(section));
    }

    public static IndexedRecord toAvro(Content content) {
        return SECTIONS.get(content.section()).toAvro(content.fields());
    }

    /** The content of a plan. */
    static Value.Struct fields(Plan plan) {
        return PLAN.toValue(plan);
    }

    /** A plan's content. */
    public static Plan plan(Value.Struct content) {
        return (Plan) PLAN.toAvro(content);
    }

    /** The billing terms of a plan. */
    public static List<BillingTerm> toTerms(List<Value> terms) {
        return plan(new Value.Struct(Map.of("terms", new Value.Array(List.copyOf(terms))))).getTerms();
    }

    static List<Value> fromTerms(List<BillingTerm> terms) {
        return fields(Plan.newBuilder().setTerms(terms).build()).items("terms");
    }

    /** The mapping of one type of the contract, prepared once with those of its parts. */
    private interface TypeMapping {

        Value toValue(Object given);

        Object toAvro(Value value);

        static TypeMapping of(Schema schema) {
            return switch (schema.getType()) {
                case UNION -> of(schema.getTypes().stream()
                        .filter(branch -> branch.getType() != Schema.Type.NULL).findFirst().orElseThrow());
                case RECORD -> RecordMapping.of(schema);
                case ARRAY -> new ArrayMapping(of(schema.getElementType()));
                case STRING -> of(given -> new Value.Text((String) given), value -> ((Value.Text) value).text());
                case BOOLEAN -> of(given -> new Value.Bool((Boolean) given), value -> ((Value.Bool) value).flag());
                case INT -> of(given -> new Value.Int((Integer) given), value -> (int) ((Value.Int) value).number());
                case LONG -> of(given -> new Value.Int((Long) given), value -> ((Value.Int) value).number());
                default -> throw new IllegalArgumentException("no content is of type " + schema);
            };
        }

        private static TypeMapping of(Function<Object, Value> toValue, Function<Value, Object> toAvro) {
            return new TypeMapping() {
                @Override
                public Value toValue(Object given) {
                    return toValue.apply(given);
                }

                @Override
                public Object toAvro(Value value) {
                    return toAvro.apply(value);
                }
            };
        }
    }

    private record ArrayMapping(TypeMapping item) implements TypeMapping {

        @Override
        public Value toValue(Object given) {
            List<?> items = (List<?>) given;
            List<Value> values = new ArrayList<>(items.size());
            items.forEach(one -> values.add(item.toValue(one)));
            return new Value.Array(values);
        }

        @Override
        public List<Object> toAvro(Value value) {
            List<Value> values = ((Value.Array) value).items();
            List<Object> items = new ArrayList<>(values.size());
            values.forEach(one -> items.add(item.toAvro(one)));
            return items;
        }
    }

    private record MappedField(String name, int position, boolean list, TypeMapping type) {

        static MappedField of(Schema.Field field) {
            return new MappedField(field.name(), field.pos(), field.schema().getType() == Schema.Type.ARRAY,
                    TypeMapping.of(field.schema()));
        }
    }

    /**
     * The mapping of a record.
     *
     * @param fields in the order of their names, which is the order of content trees
     */
    private record RecordMapping(Schema schema, MappedField[] fields) implements TypeMapping {

        static RecordMapping of(Schema schema) {
            return new RecordMapping(schema, schema.getFields().stream().map(MappedField::of)
                    .sorted(Comparator.comparing(MappedField::name)).toArray(MappedField[]::new));
        }

        @Override
        public Value.Struct toValue(Object given) {
            IndexedRecord record = (IndexedRecord) given;
            List<String> names = new ArrayList<>(fields.length);
            List<Value> values = new ArrayList<>(fields.length);
            for (MappedField field : fields) {
                Object value = record.get(field.position());
                if (value != null && !(field.list() && ((List<?>) value).isEmpty())) {
                    names.add(field.name());
                    values.add(field.type().toValue(value));
                }
            }
            return Value.Struct.ofSorted(names, values);
        }

        @Override
        public IndexedRecord toAvro(Value value) {
            Value.Struct struct = (Value.Struct) value;
            IndexedRecord target = (IndexedRecord) GeneratedClasses.model().newRecord(null, schema);
            int index = 0;
            for (MappedField field : fields) { // both are in the order of names
                while (index < struct.size() && struct.name(index).compareTo(field.name()) < 0) {
                    index++;
                }
                if (index < struct.size() && struct.name(index).equals(field.name())) {
                    target.put(field.position(), field.type().toAvro(struct.value(index)));
                } else if (field.list()) {
                    target.put(field.position(), new ArrayList<>());
                }
            }
            return target;
        }
    }
}
