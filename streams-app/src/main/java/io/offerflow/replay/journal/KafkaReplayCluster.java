package io.offerflow.replay.journal;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A cluster that is reached with Kafka's clients.
 *
 * @param client settings of every client: {@code bootstrap.servers}, and security settings if the brokers require them
 */
public record KafkaReplayCluster(Map<String, Object> client, SchemaRegistry registry) implements ReplayCluster {

    private static final int LONGEST_TRANSACTION_MILLIS = 900_000;
    private static final int DELIVERY_MILLIS = 30_000;
    /** A consumer that closes first waits for the answer to its last fetch, which is at most this time. */
    private static final int FETCH_WAIT_MILLIS = 50;

    public KafkaReplayCluster {
        client = Map.copyOf(client);
    }

    /** The journal of this cluster. */
    public KafkaJournal journal() {
        return new KafkaJournal(this::consumer);
    }

    @Override
    public Admin admin() {
        return Admin.create(client);
    }

    @Override
    public Consumer<byte[], byte[]> consumer() {
        return consumer(Map.of());
    }

    @Override
    public Consumer<byte[], byte[]> consumer(String group) {
        return consumer(Map.of(ConsumerConfig.GROUP_ID_CONFIG, group));
    }

    private Consumer<byte[], byte[]> consumer(Map<String, Object> extra) {
        return new KafkaConsumer<>(with(extra, Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none", // a deleted record is a gap; do not skip it
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Topic.OUTPUT_MAX_BYTES)),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Producer<byte[], byte[]> transactional(String id) {
        return producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, LONGEST_TRANSACTION_MILLIS,
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4", ProducerConfig.LINGER_MS_CONFIG, 20));
    }

    /** An idempotent producer without transactions. */
    public Producer<byte[], byte[]> producer() {
        return producer(Map.of(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS / 3,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS));
    }

    private Producer<byte[], byte[]> producer(Map<String, Object> extra) {
        return new KafkaProducer<>(with(extra, Map.of(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.ACKS_CONFIG, "all", ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.OUTPUT_MAX_BYTES)),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> with(Map<String, Object> extra, Map<String, Object> common) {
        Map<String, Object> all = new HashMap<>(client);
        all.putAll(extra);
        all.putAll(common);
        return all;
    }
}
