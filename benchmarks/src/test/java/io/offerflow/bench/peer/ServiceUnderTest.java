package io.offerflow.bench.peer;

import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.runtime.StreamsProperties;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.TopologySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The service's own topology without a broker. */
final class ServiceUnderTest implements AutoCloseable {

    private final Path folder;
    private final TopologyTestDriver driver;
    private final Map<Topic, TestInputTopic<byte[], byte[]>> inputs = new EnumMap<>(Topic.class);
    private final Map<Topic, TestOutputTopic<byte[], byte[]>> outputs = new EnumMap<>(Topic.class);

    ServiceUnderTest(TopologySettings settings, SchemaRegistry registry, Instant start) throws IOException {
        folder = Files.createTempDirectory("offerflow-same");
        Properties properties = StreamsProperties.of(ServiceConfig.of(Map.of("bootstrap.servers", "127.0.0.1:9",
                "schema.registry.url", "http://127.0.0.1:9", "state.dir", folder.toString())));
        driver = new TopologyTestDriver(OfferTopology.build(new StreamsConfig(properties), settings, registry),
                properties, start);
        Topic.inputs().forEach(topic -> inputs.put(topic, driver.createInputTopic(topic.topicName(),
                new ByteArraySerializer(), new ByteArraySerializer())));
        Topic.outputs().forEach(topic -> outputs.put(topic, driver.createOutputTopic(topic.topicName(),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())));
    }

    void take(SourceRecord origin) {
        inputs.get(Topic.named(origin.topic()).orElseThrow()).pipeInput(new TestRecord<>(origin.key().orElseThrow(),
                origin.value().orElseThrow(), origin.appendedAt()));
    }

    void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** Everything that was written to an output. */
    List<Sent> sent(Topic output) {
        return outputs.get(output).readRecordsToList().stream().map(record -> Sent.of(output.topicName(), record))
                .toList();
    }

    @Override
    public void close() throws IOException {
        driver.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
