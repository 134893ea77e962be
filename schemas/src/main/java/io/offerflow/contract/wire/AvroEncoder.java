package io.offerflow.contract.wire;

import io.offerflow.contract.GeneratedClasses;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * Encodes values of the topics in the wire format, with the schemas of this release.
 *
 * <p>Not safe for use by several threads: buffers are reused.
 */
public final class AvroEncoder {

    private record EncoderTarget(int schemaId, DatumWriter<IndexedRecord> writer) {
    }

    private final Map<Topic, EncoderTarget> targets = new EnumMap<>(Topic.class);
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(4096);
    private BinaryEncoder reuse;

    /**
     * Registers the schemas of the given topics.
     *
     * @throws io.offerflow.contract.registry.RegistryUnavailableException if the registry gave no answer in time
     */
    public AvroEncoder(SchemaRegistry registry, List<Topic> topics) {
        for (Topic topic : topics) {
            targets.put(topic, new EncoderTarget(registry.register(topic.subject(), topic.schema()),
                    new SpecificDatumWriter<>(topic.schema(), GeneratedClasses.model())));
        }
    }

    /** The value in the wire format. */
    public byte[] encode(Topic topic, IndexedRecord value) {
        EncoderTarget target = targets.get(topic);
        if (target == null) {
            throw new IllegalArgumentException("this encoder was not made for " + topic.topicName());
        }
        reuse = EncoderFactory.get().binaryEncoder(buffer, reuse); // flushes the rest of a value that failed
        buffer.reset();
        buffer.writeBytes(new byte[WireFormat.PREFIX_BYTES]);
        try {
            target.writer().write(value, reuse);
            reuse.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot happen: writing to memory", e);
        }
        byte[] bytes = buffer.toByteArray();
        WireFormat.prefix(bytes, target.schemaId());
        return bytes;
    }

}
