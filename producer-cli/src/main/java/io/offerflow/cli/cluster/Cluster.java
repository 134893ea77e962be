package io.offerflow.cli.cluster;

import io.offerflow.cli.console.CliFailure;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.replay.journal.KafkaReplayCluster;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A Kafka cluster with its schema registry, and clients with the settings that the contract needs.
 *
 * @param bootstrapServers {@code host:port}, separated by commas
 * @param properties further settings of Kafka's clients, such as security settings
 */
public record Cluster(String bootstrapServers, SchemaRegistry registry, Map<String, String> properties) {

    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(30);
    /** A consumer that closes first waits for the answer to its last fetch, which is at most this time. */
    private static final int FETCH_WAIT_MILLIS = 50;

    /** A cluster without further settings. */
    public Cluster(String bootstrapServers, SchemaRegistry registry) {
        this(bootstrapServers, registry, Map.of());
    }

    /**
     * Verifies that a broker answers and has these topics.
     *
     * @throws CliFailure with the address that was tried
     */
    public void require(Collection<Topic> topics, Duration timeout) {
        Set<String> missing = new TreeSet<>();
        topics.forEach(topic -> missing.add(topic.topicName()));
        missing.removeAll(topicNames(timeout));
        if (!missing.isEmpty()) {
            throw new CliFailure(ExitCode.FAILURE, ("The cluster at %s has no topic %s, or does not"
                    + " show it to this user. Is it the right cluster, and may this user read or write the topic?")
                    .formatted(bootstrapServers, String.join(", ", missing)));
        }
    }

    private Set<String> topicNames(Duration timeout) {
        return ask(timeout, admin -> admin.listTopics().names());
    }

    /** The id of the cluster, which stays the same when its addresses change. */
    public String id() {
        return ask(DELIVERY_TIMEOUT, admin -> admin.describeCluster().clusterId());
    }

    /** The end offsets of all partitions of these topics. */
    public Map<TopicPartition, Long> ends(Collection<Topic> topics) {
        try (Consumer<byte[], byte[]> consumer = reader()) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic.topicName()).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            // without an assignment the consumer logs a warning
            consumer.assign(partitions);
            return consumer.endOffsets(partitions);
        }
    }

    private <T> T ask(Duration timeout, Function<Admin, KafkaFuture<T>> question) {
        int millis = Math.toIntExact(timeout.toMillis());
        try (Admin admin = Admin.create(with(Map.of(
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis), Map.of()))) {
            return question.apply(admin).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw unreachable(timeout, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliFailure(ExitCode.FAILURE, "Interrupted while asking the broker.", e);
        }
    }

    private CliFailure unreachable(Duration timeout, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthenticationException || cause instanceof AuthorizationException
                    || cause instanceof ConfigException) {
                return new CliFailure(ExitCode.FAILURE, "The broker at %s cannot be used with these settings: %s"
                        .formatted(bootstrapServers, cause.getMessage()), e);
            }
        }
        return new CliFailure(ExitCode.FAILURE,
                ("No Kafka broker answered at %s within %d s (--bootstrap-servers, OFFERFLOW_BOOTSTRAP_SERVERS; for "
                        + "TLS or a password, --config).")
                        .formatted(bootstrapServers, timeout.toSeconds()), e);
    }

    /** An idempotent producer: each record is written once and in order, or the send fails. */
    public Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(with(Map.of(
                ProducerConfig.LINGER_MS_CONFIG, 5,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_TIMEOUT.toMillis(),
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(DELIVERY_TIMEOUT.toMillis())),
                Map.of(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true, ProducerConfig.ACKS_CONFIG, "all")),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The clients for replays. */
    public KafkaReplayCluster forReplay() {
        return new KafkaReplayCluster(with(Map.of(), Map.of()), registry);
    }

    /** A consumer of committed records, for partitions that the caller assigns. */
    public Consumer<byte[], byte[]> reader() {
        return new KafkaConsumer<>(with(Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS), Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A consumer of committed records in a group; the caller commits offsets. */
    public Consumer<byte[], byte[]> groupMember(String group) {
        return new KafkaConsumer<>(with(Map.of(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000), Map.of(
                ConsumerConfig.GROUP_ID_CONFIG, group,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Defaults, then the settings of the user, then the settings that the program relies on. */
    private Map<String, Object> with(Map<String, Object> defaults, Map<String, Object> required) {
        Map<String, Object> all = new HashMap<>(defaults);
        all.putAll(properties);
        all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.putAll(required);
        return all;
    }
}
