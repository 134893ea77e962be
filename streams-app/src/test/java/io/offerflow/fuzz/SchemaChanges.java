package io.offerflow.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;

/** Schemas that differ from those of an input topic in what they say, not in the bytes that their writers make. */
final class SchemaChanges {

    private static final String ELSEWHERE = "com.contoso.market";

    private SchemaChanges() {
    }

    /** The field issuedAt with another logical type, or none if it is empty. */
    static Schema issuedAt(Schema envelope, String logicalType) {
        Schema changed = Schema.create(Schema.Type.LONG);
        if (!logicalType.isEmpty()) {
            changed.addProp("logicalType", logicalType);
        }
        return field(envelope, "issuedAt", changed);
    }

    /** A field with another type. */
    static Schema field(Schema envelope, String name, Schema type) {
        return envelope(envelope, envelope.getNamespace(), field -> field.name().equals(name)
                ? new Schema.Field(name, type) : new Schema.Field(field, field.schema()));
    }

    /** Without a field that the service needs. */
    static Schema without(Schema envelope, String name) {
        List<Schema.Field> fields = new ArrayList<>(envelope.getFields().stream()
                .filter(field -> !field.name().equals(name)).map(field -> new Schema.Field(field, field.schema()))
                .toList());
        return Schema.createRecord(envelope.getName(), "", envelope.getNamespace(), false, fields);
    }

    /** The envelope in the namespace of a company. */
    static Schema envelopeElsewhere(Schema envelope) {
        return envelope(envelope, ELSEWHERE, field -> new Schema.Field(field, field.schema()));
    }

    /** The commands in the namespace of a company. */
    static Schema payloadElsewhere(Schema envelope) {
        return payload(envelope, branch -> renamed(branch, branch.getName(), ELSEWHERE));
    }

    /** The commands under names that no release has. */
    static Schema payloadOfNewerRelease(Schema envelope) {
        return payload(envelope, branch -> renamed(branch, branch.getName() + "Again", branch.getNamespace()));
    }

    /** The commands under names of another product. */
    static Schema payloadOfAnotherProduct(Schema envelope) {
        return payload(envelope, branch -> renamed(branch, branch.getName() + "Again", ELSEWHERE));
    }

    /** Commands of another input topic in the place of its own. */
    static Schema payloadOfAnotherTopic(Schema envelope, List<Schema> others) {
        return field(envelope, "payload", Schema.createUnion(others));
    }

    private static Schema payload(Schema envelope, UnaryOperator<Schema> change) {
        return field(envelope, "payload", Schema.createUnion(envelope.getField("payload").schema().getTypes().stream()
                .map(change).toList()));
    }

    private static Schema renamed(Schema record, String name, String namespace) {
        return Schema.createRecord(name, "", namespace, false, record.getFields().stream()
                .map(field -> new Schema.Field(field, field.schema())).toList());
    }

    private static Schema envelope(Schema envelope, String namespace, Function<Schema.Field, Schema.Field> change) {
        return Schema.createRecord(envelope.getName(), "", namespace, false,
                envelope.getFields().stream().map(change).toList());
    }
}
