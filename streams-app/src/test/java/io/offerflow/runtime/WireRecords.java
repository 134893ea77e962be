package io.offerflow.runtime;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends envelopes and other bytes to a real broker, and reads what was committed there, from the beginning. */
final class WireRecords implements AutoCloseable {

    private final RegistryClient registry;
    private final AvroEncoder encoder;
    private final AvroDecoder decoder;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Queue<Exception> lost = new ConcurrentLinkedQueue<>();
    private final Map<Topic, List<ConsumerRecord<byte[], byte[]>>> seen = new EnumMap<>(Topic.class);

    WireRecords(Sandbox sandbox, int partitions) {
        registry = new RegistryClient(RegistryOptions.at(sandbox.registryUrl()));
        encoder = new AvroEncoder(registry, Topic.inputs());
        decoder = new AvroDecoder(registry);
        // One batch at a time: on a topic that was created a moment ago the first one may be refused while the next is
        // taken, and the sequence could never be mended.
        producer = new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, sandbox.bootstrapServers(),
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1), new ByteArraySerializer(),
                        new ByteArraySerializer());
        consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, sandbox.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50), new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> all = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            seen.put(topic, new ArrayList<>());
            for (int partition = 0; partition < partitions; partition++) {
                all.add(new TopicPartition(topic.topicName(), partition));
            }
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    void send(IndexedRecord envelope) {
        Topic topic = Topic.inputs().stream().filter(input -> input.schema().equals(envelope.getSchema())).findFirst()
                .orElseThrow();
        send(topic, key(envelope), encoder.encode(topic, envelope));
    }

    void send(Topic topic, byte[] key, byte[] value) {
        producer.send(new ProducerRecord<>(topic.topicName(), key, value), (where, failure) -> {
            if (failure != null) {
                lost.add(failure);
            }
        });
    }

    /** Returns when everything that was sent lies at the broker. */
    void flush() {
        producer.flush();
        if (!lost.isEmpty()) {
            throw new IllegalStateException("a record was not taken by the broker", lost.peek());
        }
    }

    byte[] bytes(Topic topic, IndexedRecord envelope) {
        return encoder.encode(topic, envelope);
    }

    static byte[] key(IndexedRecord envelope) {
        return "%s/%s".formatted(field(envelope, "publisherId"), field(envelope, "offerId"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Object field(IndexedRecord envelope, String name) {
        return envelope.get(envelope.getSchema().getField(name).pos());
    }

    /** Reads what has been committed since the last time; returns only the new records. */
    List<ConsumerRecord<byte[], byte[]>> poll() {
        List<ConsumerRecord<byte[], byte[]>> fresh = new ArrayList<>();
        consumer.poll(Duration.ofMillis(100)).forEach(record -> {
            seen.get(Topic.named(record.topic()).orElseThrow()).add(record);
            fresh.add(record);
        });
        return fresh;
    }

    /** Every committed record of a topic that was read so far. */
    List<ConsumerRecord<byte[], byte[]>> all(Topic topic) {
        return seen.get(topic);
    }

    /** Every committed value of a topic that was read so far, tombstones left out. */
    <T extends IndexedRecord> List<T> values(Topic topic, Class<T> type) {
        return all(topic).stream().flatMap(record -> value(topic, record, type).stream()).toList();
    }

    <T extends IndexedRecord> Optional<T> value(Topic topic, ConsumerRecord<byte[], byte[]> record, Class<T> type) {
        return Optional.ofNullable(record.value()).map(bytes -> type.cast(decoder.decode(topic, bytes)));
    }

    /** How many records have been committed to the inputs, as far as was read. */
    int inputs() {
        return Topic.inputs().stream().mapToInt(topic -> seen.get(topic).size()).sum();
    }

    RegistryClient registry() {
        return registry;
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
        registry.close();
    }

    @Override
    public String toString() {
        return Arrays.stream(Topic.values()).map(topic -> topic.topicName() + " " + seen.get(topic).size()).toList()
                .toString();
    }
}
