package io.offerflow.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What a test asks of a broker through Kafka's own clients. */
final class KafkaFixture {

    /** How a transaction ends. */
    enum Transaction { COMMIT, ABORT }

    private final String bootstrapServers;

    KafkaFixture(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", (Object) bootstrapServers));
    }

    String clusterId() throws Exception {
        try (Admin admin = admin()) {
            return admin.describeCluster().clusterId().get();
        }
    }

    Map<String, String> settings(Admin admin, String topic) throws Exception {
        return settings(admin, new ConfigResource(ConfigResource.Type.TOPIC, topic));
    }

    Map<String, String> brokerSettings(Admin admin) throws Exception {
        String id = admin.describeCluster().nodes().get().iterator().next().idString();
        return settings(admin, new ConfigResource(ConfigResource.Type.BROKER, id));
    }

    private static Map<String, String> settings(Admin admin, ConfigResource resource) throws Exception {
        return admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
                .collect(Collectors.toMap(ConfigEntry::name, entry -> String.valueOf(entry.value())));
    }

    int partitions(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size();
    }

    RecordMetadata send(String topic, byte[] value) throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of(
                "bootstrap.servers", bootstrapServers, "max.request.size", 16 * 1024 * 1024),
                new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(topic, 0, "p/o".getBytes(), value)).get();
        }
    }

    /** Sends a record that must be taken. */
    RecordMetadata sent(String topic, byte[] value) {
        try {
            return send(topic, value);
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("not taken by " + topic, e);
        }
    }

    void inTransaction(String transactionalId, Transaction end, String topic, byte[] value) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of(
                "bootstrap.servers", bootstrapServers, "transactional.id", transactionalId),
                new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, "p/o".getBytes(), value));
            producer.flush();
            switch (end) {
                case COMMIT -> producer.commitTransaction();
                case ABORT -> producer.abortTransaction();
            }
        }
    }

    /** All committed values of partition 0, up to where it ends now. */
    List<String> committedValues(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of(
                "bootstrap.servers", bootstrapServers, "isolation.level", "read_committed",
                "enable.auto.commit", "false", "fetch.max.wait.ms", 10), new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = end(partition);
            List<String> values = new ArrayList<>();
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    values.add(new String(record.value()));
                }
            }
            return values;
        }
    }

    /** The end including transactions that are still being completed: a commit returns before its marker is written. */
    private long end(TopicPartition partition) {
        try (Admin admin = admin()) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition).get().offset();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("cannot list the end of " + partition, e);
        }
    }
}
