package io.offerflow.topology;

import io.offerflow.avro.QuarantineReason;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.UnknownSchemaException;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.Framing;
import io.offerflow.contract.wire.UnreadableValueException;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.topology.InputReader.ReadResult.Undecodable;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;

/** Finds out why a value cannot be decoded, and the advice that fits the cause. */
final class UndecodableValue {

    private static final String PAYLOAD = "payload";

    private final AvroDecoder decoder;

    UndecodableValue(AvroDecoder decoder) {
        this.decoder = decoder;
    }

    /** The value does not begin in the wire format. */
    Undecodable notInWireFormat(SourceRecord source, byte[] value) {
        Framing framing = framing(source, value);
        return new Undecodable(QuarantineReason.FOREIGN_BYTES, framing.found(), framing.advice(), Optional.empty());
    }

    /** The registry has no Avro schema with the id. */
    Undecodable unknownSchema(SourceRecord source, Topic topic, byte[] value, UnknownSchemaException e) {
        if (framing(source, value).hidesSchemaId()) {
            return notInWireFormat(source, value);
        }
        QuarantineReason reason = e.fault() == UnknownSchemaException.Fault.NO_SUCH_ID
                ? QuarantineReason.UNKNOWN_SCHEMA : QuarantineReason.WRONG_SCHEMA;
        String advice = switch (e.fault()) {
            case NO_SUCH_ID -> Advice.REGISTER_SCHEMA.with();
            case NOT_AVRO -> Advice.WRITE_AVRO.with(topic.subject());
            case NOT_SELF_CONTAINED -> Advice.ONE_SCHEMA.with(topic.subject());
        };
        return new Undecodable(reason, e.getMessage(), advice, Optional.empty());
    }

    private static Framing framing(SourceRecord source, byte[] value) {
        return Framing.of(value, source.headers().stream().map(SourceRecord.SourceHeader::name)
                .collect(Collectors.toSet()));
    }

    /** The schema is known, but the value cannot be read with it, or not as what the topic carries. */
    Undecodable unreadable(Topic topic, byte[] value, UnreadableValueException e) {
        Optional<GenericRecord> salvaged = decoder.salvage(value);
        Optional<String> commandId = commandId(salvaged);
        return switch (e.fault()) {
            case BROKEN -> new Undecodable(QuarantineReason.UNREADABLE, e.getMessage(), Advice.WHOLE_VALUE.with(),
                    commandId);
            case MALFORMED_TEXT -> new Undecodable(QuarantineReason.MALFORMED_TEXT, e.getMessage(),
                    Advice.UTF_8.with(), commandId);
            case INSTANT_OUT_OF_RANGE -> new Undecodable(QuarantineReason.WRONG_TIME, e.getMessage(),
                    Advice.INSTANT.with(), commandId);
            case OTHER_MEANING -> new Undecodable(QuarantineReason.WRONG_SCHEMA, e.getMessage(),
                    Advice.LOGICAL_TYPE.with(topic.subject()), commandId);
            case OTHER_TYPE, OTHER_FIELDS -> otherSchema(topic, salvaged, e.getMessage(), commandId);
        };
    }

    private static Undecodable otherSchema(Topic topic, Optional<GenericRecord> salvaged, String found,
            Optional<String> commandId) {
        Map<String, String> types = typeNames(topic.schema(), new HashMap<>());
        return salvaged.flatMap(value -> inOtherNamespace(value, types))
                .map(moved -> new Undecodable(QuarantineReason.WRONG_SCHEMA,
                        RootLocaleText.format("%s is in another namespace: the type here is %s", moved.getFullName(),
                                types.get(moved.getName())),
                        Advice.NAMESPACE.with(types.get(moved.getName()), topic.subject()), commandId))
                .or(() -> otherTopic(topic, salvaged, found, commandId))
                .or(() -> salvaged.flatMap(UndecodableValue::payload)
                        .filter(payload -> isOurs(topic, payload) && !types.containsValue(payload.getFullName()))
                        .map(unknown -> new Undecodable(QuarantineReason.UNKNOWN_COMMAND,
                                RootLocaleText.format("this release knows no command %s on %s", unknown.getName(),
                                        topic.topicName()), Advice.UPGRADE.with(), commandId))) // V30, B39
                .orElseGet(() -> new Undecodable(QuarantineReason.WRONG_SCHEMA, found,
                        Advice.SUBJECT.with(topic.subject()), commandId));
    }

    private static boolean isOurs(Topic topic, Schema type) {
        return topic.schema().getNamespace().equals(type.getNamespace());
    }

    /** The value, or its payload, is of a type that another input topic carries. */
    private static Optional<Undecodable> otherTopic(Topic topic, Optional<GenericRecord> salvaged, String found,
            Optional<String> commandId) {
        return Stream.concat(salvaged.stream().map(GenericRecord::getSchema),
                        salvaged.flatMap(UndecodableValue::payload).stream())
                .flatMap(type -> Topic.inputs().stream().filter(other -> other != topic && carries(other, type)))
                .findFirst().map(other -> new Undecodable(QuarantineReason.WRONG_SCHEMA, found,
                        Advice.OTHER_TOPIC.with(other.topicName(), topic.topicName(), topic.subject()), commandId));
    }

    private static boolean carries(Topic topic, Schema type) {
        return Stream.concat(Stream.of(topic.schema()),
                        topic.schema().getField(PAYLOAD).schema().getTypes().stream())
                .anyMatch(known -> known.getFullName().equals(type.getFullName()));
    }

    private static Optional<Schema> payload(GenericRecord envelope) {
        return field(envelope, PAYLOAD).filter(GenericRecord.class::isInstance)
                .map(payload -> ((GenericRecord) payload).getSchema());
    }

    /** Full names of the records in a schema, by their simple names. */
    private static Map<String, String> typeNames(Schema schema, Map<String, String> names) {
        switch (schema.getType()) {
            case RECORD -> {
                names.put(schema.getName(), schema.getFullName());
                schema.getFields().forEach(field -> typeNames(field.schema(), names));
            }
            case UNION -> schema.getTypes().forEach(branch -> typeNames(branch, names));
            case ARRAY -> typeNames(schema.getElementType(), names);
            default -> {
                // no record
            }
        }
        return names;
    }

    /** The type of the first record in a value that is known by its simple name, but not by its full name. */
    private static Optional<Schema> inOtherNamespace(Object value, Map<String, String> types) {
        return switch (value) {
            case IndexedRecord record when isMoved(record.getSchema(), types) -> Optional.of(record.getSchema());
            case IndexedRecord record -> IntStream.range(0, record.getSchema().getFields().size())
                    .mapToObj(field -> inOtherNamespace(record.get(field), types)).flatMap(Optional::stream)
                    .findFirst();
            case Collection<?> items -> items.stream().map(item -> inOtherNamespace(item, types))
                    .flatMap(Optional::stream).findFirst();
            case null, default -> Optional.empty();
        };
    }

    private static boolean isMoved(Schema type, Map<String, String> types) {
        String expected = types.get(type.getName());
        return expected != null && !expected.equals(type.getFullName());
    }

    /** The command id, if the value can be read that far. */
    static Optional<String> commandId(Optional<GenericRecord> envelope) {
        return envelope.flatMap(salvaged -> field(salvaged, "commandId")).filter(CharSequence.class::isInstance)
                .map(Object::toString);
    }

    private static Optional<Object> field(GenericRecord envelope, String name) {
        return envelope.hasField(name) ? Optional.ofNullable(envelope.get(name)) : Optional.empty();
    }
}
