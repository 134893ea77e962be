package io.offerflow.bench.peer;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.runtime.StreamsProperties;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.TopologySettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The service's own topology without a broker. */
final class ServiceUnderTest implements AutoCloseable {

    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
    private final Map<Topic, TestOutputTopic<byte[], byte[]>> outputs = new EnumMap<>(Topic.class);

    ServiceUnderTest(TopologySettings settings, SchemaRegistry registry, Path folder, Instant start) {
        Properties properties = StreamsProperties.of(ServiceConfig.of(Map.of("bootstrap.servers", "127.0.0.1:9",
                "schema.registry.url", "http://127.0.0.1:9", "state.dir", folder.toString())));
        driver = new TopologyTestDriver(OfferTopology.build(new StreamsConfig(properties), settings, registry),
                properties, start);
        Topic.inputs().forEach(topic -> inputs.put(topic.topicName(), driver.createInputTopic(topic.topicName(),
                new ByteArraySerializer(), new ByteArraySerializer())));
        Topic.outputs().forEach(topic -> outputs.put(topic, driver.createOutputTopic(topic.topicName(),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())));
    }

    /** An input of partition 0. */
    static ConsumerRecord<byte[], byte[]> record(Topic topic, long offset, long at, OfferKey offer, byte[] value) {
        byte[] key = offer.toString().getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(topic.topicName(), 0, offset, at, TimestampType.LOG_APPEND_TIME, key.length,
                value.length, key, value, new RecordHeaders(), Optional.empty());
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        inputs.get(record.topic()).pipeInput(new TestRecord<>(record.key(), record.value(),
                Instant.ofEpochMilli(record.timestamp())));
    }

    void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** The records of an output. */
    List<Sent> sent(Topic output) {
        return outputs.get(output).readRecordsToList().stream().map(record -> Sent.of(output.topicName(), record))
                .toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
