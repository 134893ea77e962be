package io.offerflow.gateway;

import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.gateway.command.CommandService;
import io.offerflow.gateway.directory.DirectoryService;
import io.offerflow.notifier.directory.DirectoryEditor;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects with brokers and registry, on a thread for this purpose, as soon as they answer. */
final class KafkaClients implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaClients.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final int API_TIMEOUT_MILLIS = 5_000;
    /** Commands share a producer that has metadata, and requests have to be answered in time without brokers. */
    private static final int COMMAND_BLOCK_MILLIS = 1_000;
    /** A consumer that closes first waits for the answer to its last fetch, which is at most this time. */
    private static final int FETCH_WAIT_MILLIS = 50;

    private final GatewayConfig config;
    private final RegistryClient registry;
    private final Thread thread = Thread.ofPlatform().name("gateway-connect").daemon().unstarted(this::run);
    private volatile Optional<CommandService> commands = Optional.empty();
    private volatile boolean closed;

    KafkaClients(GatewayConfig config) {
        this.config = config;
        this.registry = new RegistryClient(config.registry());
        thread.start();
    }

    /** Recipients and subscriptions; each request has clients for itself, since there are few. */
    DirectoryService directory() {
        return new DirectoryService(new DirectoryEditor(this::reader, () -> producer(API_TIMEOUT_MILLIS), registry,
                Clock.systemUTC()));
    }

    /** Empty until brokers and registry have answered once. */
    Optional<CommandService> commands() {
        return commands;
    }

    private void run() {
        while (!closed && commands.isEmpty()) {
            try {
                commands = Optional.of(connect());
                LOG.info("connected with {}", config.bootstrapServers());
            } catch (RuntimeException e) {
                LOG.warn("commands cannot be taken yet: {}", e.toString());
                pause();
            }
        }
    }

    private CommandService connect() {
        Producer<byte[], byte[]> producer = producer(COMMAND_BLOCK_MILLIS);
        try {
            return new CommandService(producer, this::reader, registry, config.longestWait());
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    /**
     * Each record is written once and in order, or the send fails.
     *
     * @param blockMillis the longest wait for metadata, which a producer does not have at its first send
     */
    private Producer<byte[], byte[]> producer(int blockMillis) {
        int delivery = Math.toIntExact(config.deliveryTimeout().toMillis());
        return new KafkaProducer<>(with(Map.of(
                ProducerConfig.LINGER_MS_CONFIG, 1,
                ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, blockMillis,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(500, delivery / 3),
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery),
                Map.of(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true, ProducerConfig.ACKS_CONFIG, "all")),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A consumer of committed records, for partitions that the caller assigns. */
    private Consumer<byte[], byte[]> reader() {
        return new KafkaConsumer<>(with(Map.of(
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MILLIS,
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, API_TIMEOUT_MILLIS),
                Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Defaults, then the settings of the operator, then the settings that the gateway relies on. */
    private Map<String, Object> with(Map<String, Object> defaults, Map<String, Object> required) {
        Map<String, Object> all = new HashMap<>(defaults);
        all.putAll(config.kafka());
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        all.putAll(required);
        return all;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(RETRY.multipliedBy(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        commands.ifPresent(CommandService::close);
        registry.close();
    }
}
