package io.offerflow.contract.wire;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;

/**
 * Encodes values of the topics in the wire format, with the schemas of this release.
 *
 * <p>Not safe for use by several threads: buffers are reused.
 */
public final class AvroEncoder {

    private record EncoderTarget(byte[] prefix, SchemaWriter writer) {
    }

    private final Map<Topic, EncoderTarget> targets = new EnumMap<>(Topic.class);
    private final EncodingBuffer buffer = new EncodingBuffer();

    /**
     * Registers the schemas of the given topics.
     *
     * @throws io.offerflow.contract.registry.RegistryUnavailableException if the registry gave no answer in time
     */
    public AvroEncoder(SchemaRegistry registry, List<Topic> topics) {
        for (Topic topic : topics) {
            targets.put(topic, new EncoderTarget(
                    WireFormat.prefix(registry.register(topic.subject(), topic.schema())),
                    SchemaWriter.of(topic.schema())));
        }
    }

    /** The value in the wire format. */
    public byte[] encode(Topic topic, IndexedRecord value) {
        EncoderTarget target = targets.get(topic);
        if (target == null) {
            throw new IllegalArgumentException("this encoder was not made for " + topic.topicName());
        }
        return buffer.encode(target.prefix(), out -> target.writer().write(value, out));
    }
}
