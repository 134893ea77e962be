package io.offerflow.fuzz;

import io.offerflow.avro.OfferCommand;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.registry.UnknownSchemaException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;

/** A registry that others use too, with what they write; and it can go away. */
public final class ForeignSchemas implements SchemaRegistry {

    /** Id of a schema in Protobuf. */
    public static final int PROTOBUF = 777_001;
    /** Id of a schema that refers to other subjects. */
    public static final int WITH_REFERENCES = 777_002;

    private static final Schema ENVELOPE = OfferCommand.getClassSchema();

    private final SchemaRegistry registry;
    private boolean away;

    public ForeignSchemas(SchemaRegistry registry) {
        this.registry = registry;
    }

    /** From now on no question is answered. */
    public void goAway() {
        away = true;
    }

    /** A value of a topic of which nothing but the schema id is written yet. */
    public WireBytes begun(Topic topic) {
        return new WireBytes(register(topic.subject(), topic.schema()));
    }

    /** A save of section Properties, up to the count of its categories. */
    public WireBytes savePropertiesBegun(OfferCommand like) {
        return head(begun(Topic.OFFER_COMMANDS), like, true).longs(1).text("PROPERTIES").longs(2);
    }

    /** The payload is of a record type of a newer release. */
    public byte[] newerCommand(OfferCommand like) {
        Schema transfer = SchemaBuilder.record("TransferOffer").namespace(ENVELOPE.getNamespace()).fields()
                .requiredString("to").endRecord();
        return head(written(field -> field.name().equals("payload") ? union(field, transfer) : field), like, true)
                .longs(payloads()).text("fabrikam").bytes();
    }

    /** The payload is of a record type that contains itself, many times. */
    public byte[] nestedPayload(OfferCommand like, int levels) {
        return levels(head(written(field -> field.name().equals("payload") ? union(field, nest()) : field), like, true)
                .longs(payloads()), levels);
    }

    /** There is one more field behind the payload, which contains itself many times. */
    public byte[] nestedExtraField(OfferCommand like, int levels) {
        List<Schema.Field> fields = fields(UnaryOperator.identity());
        fields.add(new Schema.Field("approval", nest()));
        return levels(head(new WireBytes(foreign(envelope(fields))), like, true)
                .longs(2, 0), levels);
    }

    /** A writer that knows no field actor. */
    public byte[] withoutActor(OfferCommand like) {
        List<Schema.Field> fields = fields(UnaryOperator.identity());
        fields.removeIf(field -> field.name().equals("actor"));
        return head(new WireBytes(foreign(envelope(fields))), like, false)
                .longs(7).bytes();
    }

    public byte[] plainText(String text) {
        return new WireBytes(register("greetings-value", Schema.create(Schema.Type.STRING))).text(text).bytes();
    }

    /** The id of a schema that no topic of the service has. */
    public int foreign(Schema schema) {
        return register("foreign-%s-%08x".formatted(schema.getName(), schema.toString().hashCode()), schema);
    }

    private static WireBytes head(WireBytes begun, OfferCommand like, boolean actor) {
        begun.text(like.getCommandId()).text(like.getPublisherId()).text(like.getOfferId());
        return (actor ? begun.text(like.getActor()) : begun).longs(like.getIssuedAt().toEpochMilli(), 0).flag(false);
    }

    private static byte[] levels(WireBytes begun, int levels) {
        for (int level = 0; level < levels; level++) {
            begun.longs(1);
        }
        return begun.longs(0).bytes();
    }

    private static long payloads() {
        return ENVELOPE.getField("payload").schema().getTypes().size();
    }

    private static Schema nest() {
        return SchemaBuilder.record("Nest").namespace(ENVELOPE.getNamespace()).fields()
                .name("inner").type().unionOf().nullType().and().type("Nest").endUnion().noDefault().endRecord();
    }

    private static Schema.Field union(Schema.Field field, Schema more) {
        List<Schema> types = new ArrayList<>(field.schema().getTypes());
        types.add(more);
        return new Schema.Field(field.name(), Schema.createUnion(types));
    }

    private WireBytes written(UnaryOperator<Schema.Field> change) {
        return new WireBytes(foreign(envelope(fields(change))));
    }

    private static List<Schema.Field> fields(UnaryOperator<Schema.Field> change) {
        return new ArrayList<>(ENVELOPE.getFields().stream().map(change)
                .map(field -> new Schema.Field(field, field.schema())).toList());
    }

    private static Schema envelope(List<Schema.Field> fields) {
        return Schema.createRecord(ENVELOPE.getName(), "", ENVELOPE.getNamespace(), false, fields);
    }

    @Override
    public int register(String subject, Schema schema) {
        return answer().register(subject, schema);
    }

    @Override
    public Schema schemaById(int id) {
        if (id == PROTOBUF || id == WITH_REFERENCES) {
            throw new UnknownSchemaException(id == PROTOBUF ? UnknownSchemaException.Fault.NOT_AVRO
                    : UnknownSchemaException.Fault.NOT_SELF_CONTAINED, "schema %d is of no use here".formatted(id));
        }
        return answer().schemaById(id);
    }

    @Override
    public List<Integer> idsOf(String subject) {
        return answer().idsOf(subject);
    }

    @Override
    public void setCompatibility(String subject, String level) {
        answer().setCompatibility(subject, level);
    }

    private SchemaRegistry answer() {
        if (away) {
            throw new RegistryUnavailableException("no answer from the schema registry");
        }
        return registry;
    }
}
