package io.offerflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.offerflow.runtime.HoldingConsumer.HeldRecord;
import io.offerflow.runtime.HoldingConsumer.ReadPosition;
import io.offerflow.sandbox.Sandbox;
import io.offerflow.sandbox.SandboxOptions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** On a broker: a record waits in its partition for its schema, and a thread that failed is replaced. */
class HoldingConsumerTest {

    private static final int KNOWN = 1;
    private static final int LATER = 2;

    @TempDir
    private static Path states;

    private static Sandbox sandbox;
    private static Admin admin;
    private static KafkaProducer<byte[], byte[]> producer;

    private final UnsteadyRegistry registry = new UnsteadyRegistry();
    private final SchemaLookups schemas = new SchemaLookups(registry);
    private final List<ConsumerRecord<byte[], byte[]>> received = new ArrayList<>();
    private TopicPartition zero;
    private TopicPartition one;
    private HoldingConsumer consumer;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.temporary());
        Map<String, Object> brokers = Map.of("bootstrap.servers", sandbox.bootstrapServers());
        admin = Admin.create(brokers);
        producer = new KafkaProducer<>(brokers, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        admin.close();
        sandbox.close();
    }

    @BeforeEach
    void assign(TestInfo test) throws Exception {
        String topic = test.getTestMethod().orElseThrow().getName();
        admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        zero = new TopicPartition(topic, 0);
        one = new TopicPartition(topic, 1);
        consumer = new HoldingConsumer(Map.of("bootstrap.servers", sandbox.bootstrapServers(), "auto.offset.reset",
                "earliest"), schemas, closed -> { });
        consumer.assign(List.of(zero, one));
    }

    @AfterEach
    void close() {
        consumer.close(CloseOptions.timeout(Duration.ofSeconds(5)));
        schemas.close();
    }

    private void known() {
        schemas.isAnswered(KNOWN);
        schemas.awaitFirstAttempt(Set.of(KNOWN), Duration.ofSeconds(5));
    }

    private static void send(TopicPartition partition, int schemaId) throws Exception {
        byte[] value = ByteBuffer.allocate(5).put((byte) 0).putInt(schemaId).array();
        producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), null, value)).get();
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(100));
        records.forEach(received::add);
        return records;
    }

    private Stream<String> received() {
        return received.stream().map(record -> record.partition() + "@" + record.offset());
    }

    private void receive(String... expected) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            poll();
            assertThat(received()).containsExactlyInAnyOrder(expected);
        });
    }

    @Test
    void aRecordWaitsForItsSchemaAndOtherPartitionsGoOn() throws Exception {
        known();
        registry.away = true;
        send(zero, KNOWN);
        send(zero, LATER);
        send(zero, KNOWN);
        send(one, KNOWN);

        receive("0@0", "1@0");
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            poll();
            assertThat(consumer.held()).isEqualTo(Map.of(zero, new HeldRecord(1, LATER)));
            assertThat(consumer.positions()).isEqualTo(Map.of(zero, new ReadPosition(1, OptionalLong.of(1)), one,
                    new ReadPosition(1, OptionalLong.of(1))));
        });
        send(one, KNOWN);
        receive("0@0", "1@0", "1@1");

        registry.away = false;
        receive("0@0", "1@0", "1@1", "0@1", "0@2");
        assertThat(consumer.held()).isEmpty();
    }

    @Test
    void theNextOffsetOfTheTaskIsThatOfTheRecordThatWaits() throws Exception {
        known();
        registry.away = true;
        send(zero, KNOWN);
        send(zero, LATER);

        await().atMost(Duration.ofSeconds(10)).until(() -> Optional.ofNullable(poll().nextOffsets().get(zero)),
                next -> next.filter(offset -> offset.offset() == 1).isPresent());
        assertThat(consumer.position(zero)).isEqualTo(1);
    }

    @Test
    void anAnswerLiftsNoPauseOfKafkaStreams() throws Exception {
        registry.away = true;
        send(zero, LATER);
        await().atMost(Duration.ofSeconds(10)).until(() -> poll().isEmpty() && !consumer.held().isEmpty());
        consumer.pause(Set.of(zero));
        registry.away = false;
        await().atMost(Duration.ofSeconds(10)).until(() -> poll().isEmpty() && consumer.held().isEmpty());
        assertThat(consumer.paused()).containsExactly(zero);

        consumer.resume(Set.of(zero));
        receive("0@0");
    }

    @Test
    void kafkaStreamsLiftsNoPauseForASchema() throws Exception {
        registry.away = true;
        send(zero, LATER);
        await().atMost(Duration.ofSeconds(10)).until(() -> poll().isEmpty() && !consumer.held().isEmpty());
        consumer.pause(Set.of(zero));
        consumer.resume(Set.of(zero));

        assertThat(consumer.paused()).containsExactly(zero);
    }

    @Test
    void aThreadThatFailedIsReplacedAndGoesOnAfterThePause() throws Exception {
        known();
        send(zero, KNOWN);
        AtomicInteger failures = new AtomicInteger(1);
        Set<String> threads = ConcurrentHashMap.newKeySet();
        List<Long> offsets = new CopyOnWriteArrayList<>();
        Topology topology = new Topology();
        topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), zero.topic());
        topology.addProcessor("out", () -> (Processor<byte[], byte[], Void, Void>) (Record<byte[], byte[]> record) -> {
            threads.add(Thread.currentThread().getName());
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("broken");
            }
            offsets.add(record.timestamp());
        }, "in");
        Properties properties = StreamsProperties.of(ServiceConfig.of(Map.of("bootstrap.servers",
                sandbox.bootstrapServers(), "schema.registry.url", "http://127.0.0.1:1", "application.id",
                "replaced", "group.instance.id", "one", "state.dir", states.toString())));
        try (ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
                KafkaStreams streams = new KafkaStreams(topology, properties, new StreamsClients(schemas))) {
            ThreadFailureHandler handler = new ThreadFailureHandler(new ThreadFailureHandler.Processing() {
                @Override
                public void pause() {
                    streams.pause();
                }

                @Override
                public void resume() {
                    streams.resume();
                }
            }, scheduler, new FatalErrorHandler(() -> { }), Clock.systemUTC());
            streams.setUncaughtExceptionHandler(handler);
            streams.start();

            await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(30)).until(() -> offsets.size() == 1);
            assertThat(threads).hasSize(2);
            assertThat(handler.last().orElseThrow().reason()).contains("IllegalStateException: broken (partition 0");
            scheduler.shutdownNow();
        }
    }
}
