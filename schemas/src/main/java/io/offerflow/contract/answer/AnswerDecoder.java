package io.offerflow.contract.answer;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes answers. Not safe for use by several threads. */
public final class AnswerDecoder {

    /** The topics with answers, and how a record of each is read. */
    private static final Map<Topic, Function<IndexedRecord, Answer>> ANSWERS = Map.of(
            Topic.COMMAND_OUTCOMES, value -> new Answer.Outcome((CommandOutcome) value),
            Topic.QUARANTINE, value -> new Answer.Quarantined((QuarantinedRecord) value));

    private final AvroDecoder decoder;

    public AnswerDecoder(SchemaRegistry registry) {
        this.decoder = new AvroDecoder(registry);
    }

    /** The topics with answers. */
    public static Set<Topic> topics() {
        return ANSWERS.keySet();
    }

    /** The answer in a record of these topics; empty if it has no value. */
    public Optional<Answer> decode(ConsumerRecord<byte[], byte[]> record) {
        return Optional.ofNullable(record.value()).map(value -> {
            Topic topic = Topic.named(record.topic()).orElseThrow();
            return ANSWERS.get(topic).apply(decoder.decode(topic, value));
        });
    }
}
