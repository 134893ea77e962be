package io.offerflow.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.bench.result.WorkloadSpec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.runtime.StreamsProperties;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.TopologySettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

class FootprintTest {

    private static final int COMMANDS = 250;
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    /** Makes RocksDB itself count. */
    public static final class Counting implements RocksDBConfigSetter {
        private static final Queue<Statistics> ALL = new ConcurrentLinkedQueue<>();

        static {
            RocksDB.loadLibrary();
        }

        @Override
        public void setConfig(String store, Options options, Map<String, Object> configs) {
            Statistics statistics = new Statistics();
            ALL.add(statistics);
            options.setStatistics(statistics);
        }

        @Override
        public void close(String store, Options options) {
            // read after the stores are closed
        }

        static long count(TickerType what) {
            return ALL.stream().mapToLong(statistics -> statistics.getTickerCount(what)).sum();
        }
    }

    @TempDir
    private Path folder;

    @Test
    void footprintIsWhatTheServiceReadsAndWrites() {
        SchemaRegistry registry = new InMemoryRegistry();
        Workload.write(new WorkloadSpec(1, COMMANDS, 40, 0.99, 0.03, 0.05, 50), registry, 1, folder, true);
        Properties properties = StreamsProperties.of(ServiceConfig.of(Map.of("bootstrap.servers", "127.0.0.1:9",
                "schema.registry.url", "http://127.0.0.1:9", "state.dir", folder.resolve("state").toString())));
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, Counting.class);
        Map<Topic, List<Integer>> expected = new EnumMap<>(Topic.class);
        int[] reads = {0};
        try (TopologyTestDriver driver = new TopologyTestDriver(OfferTopology.build(new StreamsConfig(properties),
                TopologySettings.defaults("benchmark", 1), registry), properties, START)) {
            long before = Counting.count(TickerType.NUMBER_KEYS_READ);
            feed(driver, footprint -> {
                reads[0] += footprint.reads().size() + (int) footprint.writes().stream()
                        .filter(write -> write.value().isEmpty()).count(); // Kafka Streams reads before it deletes
                footprint.sent().forEach(letter -> expected.computeIfAbsent(Topic.named(letter.topic()).orElseThrow(),
                        first -> new ArrayList<>()).add(letter.value() == null ? -1 : letter.value().length));
            });
            assertThat(Counting.count(TickerType.NUMBER_KEYS_READ) - before).isEqualTo(reads[0]);
            for (Topic topic : Topic.outputs()) {
                List<Integer> written = driver.createOutputTopic(topic.topicName(), new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()).readRecordsToList().stream()
                        .map(record -> record.value() == null ? -1 : record.value().length).toList();
                assertThat(written).as("sizes of the records of %s", topic.topicName())
                        .isEqualTo(expected.getOrDefault(topic, List.of()));
            }
        }
    }

    private void feed(TopologyTestDriver driver, Consumer<Footprint> each) {
        Map<Topic, TestInputTopic<byte[], byte[]>> inputs = new EnumMap<>(Topic.class);
        Map<Topic, FootprintReader> footprints = new EnumMap<>(Topic.class);
        Map<Topic, Long> offsets = new HashMap<>();
        Topic.inputs().forEach(topic -> {
            inputs.put(topic, driver.createInputTopic(topic.topicName(), new ByteArraySerializer(),
                    new ByteArraySerializer()));
            footprints.put(topic, new FootprintReader(folder, new TopicPartition(topic.topicName(), 0)));
        });
        Instant now = START;
        try (WorkloadReader workload = new WorkloadReader(folder)) {
            for (int number = 0; number < COMMANDS; number++) {
                WorkloadCommand command = workload.next();
                Topic topic = command.topic();
                now = now.plusMillis(ProcessorHarness.STEP.toMillis());
                inputs.get(topic).pipeInput(new TestRecord<>(command.key(), command.value(), now));
                each.accept(footprints.get(topic).next(offsets.merge(topic, 1L, Long::sum) - 1));
            }
        }
    }
}
