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
        if (!writer.getFullName().equals(topic.schema().getFullName())) {
            throw new UnreadableValueException(Cause.WRONG_SCHEMA, "schema %d is %s, but %s carries %s"
                    .formatted(id, writer.getFullName(), topic.topicName(), topic.schema().getFullName()));
        }
        DatumReader<IndexedRecord> reader = readers.computeIfAbsent(new ReaderKey(topic, id),
                key -> new SpecificDatumReader<>(UnionBranchResolver.strict(writer, topic.schema()), topic.schema(),
                        GeneratedClasses.model()));
        return read(reader, null, bytes);
    }

    /** The value with the writer's schema; for tools. */
    public GenericRecord decodeAsWritten(byte[] bytes) {
        Schema writer = writerSchema(WireFormat.schemaId(bytes));
        if (writer.getType() != Schema.Type.RECORD) {
            throw new UnreadableValueException(Cause.WRONG_SCHEMA, "the schema is not a record");
        }
        return (GenericRecord) read(new GenericDatumReader<>(writer), null, bytes);
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
            read(new GenericDatumReader<>(writer), begun, bytes);
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

    private IndexedRecord read(DatumReader<IndexedRecord> reader, IndexedRecord begun, byte[] bytes) {
        try {
            reuse = DecoderFactory.get().binaryDecoder(bytes, WireFormat.PREFIX_BYTES,
                    bytes.length - WireFormat.PREFIX_BYTES, reuse);
            IndexedRecord value = reader.read(begun, reuse);
            if (!reuse.isEnd()) {
                throw new UnreadableValueException(Cause.BROKEN, "bytes are left over after the value");
            }
            return value;
        } catch (AvroTypeException e) {
            throw new UnreadableValueException(Cause.WRONG_SCHEMA, "its schema does not fit: " + e.getMessage(), e);
        } catch (UnreadableValueException e) {
            throw e;
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException | ClassCastException
                | NegativeArraySizeException | IllegalArgumentException | NullPointerException e) {
            throw new UnreadableValueException(Cause.BROKEN, "the bytes do not fit their schema: " + reason(e), e);
        } catch (StackOverflowError e) {
            throw new UnreadableValueException(Cause.BROKEN, "nested too deep to be read", e);
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
