package io.offerflow.contract.wire;

import io.offerflow.contract.GeneratedClasses;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.UnreadableValueException.Cause;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Decodes values of the topics in the wire format, of any release.
 *
 * <p>The writer's schema comes from the registry by its id and is cached. Not safe for use by several threads.
 */
public final class AvroDecoder {

    private record ReaderKey(Topic topic, int schemaId) {
    }

    private final SchemaRegistry registry;
    private final Map<Integer, Schema> writerSchemas = new HashMap<>();
    private final Map<ReaderKey, DatumReader<IndexedRecord>> readers = new HashMap<>();
    private final StrictUtf8Decoder strict = new StrictUtf8Decoder();
    private BinaryDecoder reuse;

    public AvroDecoder(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * The value as this release's class for the topic.
     *
     * @throws NotWireFormatException if the bytes are not in the wire format
     * @throws io.offerflow.contract.registry.UnknownSchemaException if the registry has no schema with the id
     * @throws io.offerflow.contract.registry.RegistryUnavailableException if the registry gave no answer in time
     * @throws UnreadableValueException if the bytes do not fit their schema, or the schema does not fit the topic
     */
    public IndexedRecord decode(Topic topic, byte[] bytes) {
        int id = WireFormat.schemaId(bytes);
        Schema writer = writerSchema(id);
        IndexedRecord value = read(readers.computeIfAbsent(new ReaderKey(topic, id), key -> reader(key, writer)), null,
                writer, bytes);
        if (topic.direction() == Topic.Direction.INPUT) {
            InstantRange.violation(value).ifPresent(path -> {
                throw new UnreadableValueException(Cause.INSTANT_OUT_OF_RANGE, "the instant %s is not between %s and %s"
                        .formatted(path, InstantRange.FIRST, InstantRange.END));
            });
        }
        return value;
    }

    private static DatumReader<IndexedRecord> reader(ReaderKey key, Schema writer) {
        Schema expected = key.topic().schema();
        if (!writer.getFullName().equals(expected.getFullName())) {
            throw new UnreadableValueException(Cause.OTHER_TYPE, "schema %d is %s, but %s carries %s".formatted(
                    key.schemaId(), writer.getFullName(), key.topic().topicName(), expected.getFullName()));
        }
        LogicalTypeCheck.mismatch(writer, expected).ifPresent(mismatch -> {
            throw new UnreadableValueException(Cause.OTHER_MEANING,
                    "schema %d: %s".formatted(key.schemaId(), mismatch));
        });
        try {
            return new SpecificDatumReader<>(UnionBranchResolver.strict(writer, expected), expected,
                    GeneratedClasses.model());
        } catch (AvroRuntimeException e) { // for example a name that Avro does not allow
            throw new UnreadableValueException(Cause.OTHER_FIELDS, "schema %d cannot be used: %s"
                    .formatted(key.schemaId(), e.getMessage()), e);
        }
    }

    /** The value with the writer's schema; for tools. */
    public GenericRecord decodeAsWritten(byte[] bytes) {
        Schema writer = writerSchema(WireFormat.schemaId(bytes));
        if (writer.getType() != Schema.Type.RECORD) {
            throw new UnreadableValueException(Cause.OTHER_TYPE, "the schema is not a record");
        }
        return (GenericRecord) read(new GenericDatumReader<>(writer), null, writer, bytes);
    }

    /**
     * Reads as much as possible of a value that cannot be decoded: a record of the writer's schema with the fields
     * before the fault; empty if the schema is not a record.
     */
    public Optional<GenericRecord> salvage(byte[] bytes) {
        Schema writer = writerSchema(WireFormat.schemaId(bytes));
        if (writer.getType() != Schema.Type.RECORD) {
            return Optional.empty();
        }
        GenericRecord begun = new GenericData.Record(writer);
        try {
            read(new GenericDatumReader<>(writer), begun, writer, bytes);
        } catch (UnreadableValueException expected) {
            // the fields before the fault are set
        }
        return Optional.of(begun);
    }

    private Schema writerSchema(int id) {
        Schema known = writerSchemas.get(id);
        if (known == null) {
            known = registry.schemaById(id);
            writerSchemas.put(id, known);
        }
        return known;
    }

    private IndexedRecord read(DatumReader<IndexedRecord> reader, IndexedRecord begun, Schema writer, byte[] bytes) {
        try {
            IndexedRecord value = reader.read(begun, strict.on(binary(bytes)));
            if (!reuse.isEnd()) {
                throw new UnreadableValueException(Cause.BROKEN, "bytes are left over after the value");
            }
            return value;
        } catch (UnreadableValueException e) {
            throw e;
        } catch (MalformedTextException e) {
            throw new UnreadableValueException(Cause.MALFORMED_TEXT, "the text %s is not UTF-8".formatted(
                    path(writer, bytes)), e);
        } catch (AvroTypeException e) {
            throw isBroken(writer, bytes, e) ? broken(e) : new UnreadableValueException(Cause.OTHER_FIELDS,
                    "its schema does not fit: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) { // Avro throws many types for bytes that mean nothing
            throw broken(e);
        } catch (StackOverflowError e) {
            throw new UnreadableValueException(Cause.BROKEN, "nested too deep to be read", e);
        }
    }

    /** Whether the value does not even fit its own schema: Avro has one exception for this and for other schemas. */
    private boolean isBroken(Schema writer, byte[] bytes, AvroTypeException thrown) {
        try {
            new GenericDatumReader<>(writer).read(null, strict.on(binary(bytes)));
            return false;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return thrown.getMessage().equals(e.getMessage());
        }
    }

    private static UnreadableValueException broken(Exception e) {
        return new UnreadableValueException(Cause.BROKEN, "the bytes do not fit their schema: "
                + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()), e);
    }

    private BinaryDecoder binary(byte[] bytes) {
        reuse = DecoderFactory.get().binaryDecoder(bytes, WireFormat.PREFIX_BYTES,
                bytes.length - WireFormat.PREFIX_BYTES, reuse);
        return reuse;
    }

    /** The path to the text that is malformed. */
    private String path(Schema writer, byte[] bytes) {
        try {
            new TextPathReader(writer).read(null, strict.on(binary(bytes)));
        } catch (MalformedTextException e) {
            return e.path();
        } catch (IOException | RuntimeException | StackOverflowError unexpected) {
            return "of an unknown field"; // the first reading met the text before any other fault
        }
        return "of an unknown field";
    }
}
