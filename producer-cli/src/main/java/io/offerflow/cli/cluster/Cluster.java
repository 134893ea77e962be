package io.offerflow.cli.cluster;

import io.offerflow.cli.CliFailure;
import io.offerflow.cli.ExitCode;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A Kafka cluster with its schema registry, and clients configured as this contract needs them.
 *
 * @param bootstrapServers {@code host:port}, separated by commas
 */
public record Cluster(String bootstrapServers, SchemaRegistry registry) {

    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(15);

    /**
     * Makes sure that a broker answers and has these topics.
     *
     * @throws CliFailure with the address that was tried
     */
    public void require(Collection<Topic> topics, Duration timeout) {
        Set<String> missing = new TreeSet<>();
        topics.forEach(topic -> missing.add(topic.topicName()));
        missing.removeAll(topicNames(timeout));
        if (!missing.isEmpty()) {
            throw new CliFailure(ExitCode.FAILURE, "The cluster at %s has no topic %s; is it the right one?"
                    .formatted(bootstrapServers, String.join(", ", missing)));
        }
    }

    private Set<String> topicNames(Duration timeout) {
        int millis = Math.toIntExact(timeout.toMillis());
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis))) {
            return admin.listTopics().names().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new CliFailure(ExitCode.FAILURE,
                    "No Kafka broker answered at %s within %d s (--bootstrap-servers, OFFERFLOW_BOOTSTRAP_SERVERS)."
                            .formatted(bootstrapServers, timeout.toSeconds()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliFailure(ExitCode.FAILURE, "Interrupted while asking the broker.", e);
        }
    }

    /** An idempotent producer: each record arrives once and in order, or the send fails. */
    public Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.LINGER_MS_CONFIG, 5,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_TIMEOUT.toMillis(),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(DELIVERY_TIMEOUT.toMillis())),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** An admin client; whoever asks for it closes it. */
    public Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** A producer whose records count when its transaction does, which may take as long as brokers allow by default. */
    public Producer<byte[], byte[]> transactional(String id) {
        return new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ProducerConfig.TRANSACTIONAL_ID_CONFIG, id,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(LONGEST_TRANSACTION.toMillis()),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.OUTPUT_MAX_BYTES,
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                ProducerConfig.LINGER_MS_CONFIG, 20),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A reader for much at once. */
    public Consumer<byte[], byte[]> bulkReader() {
        return new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none", // what is gone is a gap, not a reason to go on elsewhere
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 5_000,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Topic.OUTPUT_MAX_BYTES),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A consumer of what is committed, for partitions that the caller assigns and positions. */
    public Consumer<byte[], byte[]> reader() {
        return new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A consumer of what is committed that shares the work with others of its group; commits nothing by itself. */
    public Consumer<byte[], byte[]> groupMember(String group) {
        return new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG, group,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
