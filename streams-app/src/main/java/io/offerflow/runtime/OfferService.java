package io.offerflow.runtime;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service: checks what it relies on, then runs the topology until it is closed. */
public final class OfferService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OfferService.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

    private final KafkaStreams streams;
    private final RegistryClient registry;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private OfferService(KafkaStreams streams, RegistryClient registry) {
        this.streams = streams;
        this.registry = registry;
    }

    /**
     * Starts the service. Waits, and says so, while the registry gives no answer.
     *
     * @throws ConfigException if topics or settings are not what the service can rely on
     */
    public static OfferService start(ServiceConfig config) throws InterruptedException {
        LOG.info("starting with {}", config.summary());
        int partitions = partitions(config);
        RegistryClient registry = new RegistryClient(RegistryOptions.at(config.schemaRegistryUrl()));
        awaitRegistry(registry, config);
        Properties properties = StreamsProperties.of(config);
        Settings defaults = Settings.defaults(Build.ID, partitions);
        Settings settings = new Settings(config.policy(), defaults.build(), partitions, config.inputMaxBytes(),
                defaults.tick(), config.dueGrace(), defaults.duePerTick(), config.notificationLocale());
        OfferService service = new OfferService(new KafkaStreams(
                OfferTopology.build(new StreamsConfig(properties), settings, registry), properties), registry);
        service.run();
        return service;
    }

    private void run() {
        streams.setUncaughtExceptionHandler(new ThreadRestart());
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                running.countDown();
            }
            if (now.hasCompletedShutdown()) {
                ended.countDown();
            }
        });
        streams.start();
    }

    /** Waits until the service works on its inputs; false if it does not within the time. */
    public boolean awaitReady(Duration patience) throws InterruptedException {
        return running.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until the service has ended, on its own or because it was closed. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Whether it works on its inputs now. */
    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Kafka Streams underneath, for queries and metrics. */
    public KafkaStreams streams() {
        return streams;
    }

    /** Finishes what is at work and ends; the group is not left, so that a restart finds its partitions again. */
    @Override
    public void close() {
        streams.close(Duration.ofSeconds(30));
        registry.close();
    }

    private static int partitions(ServiceConfig config) throws InterruptedException {
        Map<String, Object> properties = new HashMap<>(config.kafka());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        try (Admin admin = Admin.create(properties)) {
            return new TopicCheck(admin).partitions();
        } catch (ExecutionException e) {
            throw new ConfigException("cannot ask the brokers at %s about the topics: %s".formatted(
                    config.bootstrapServers(), Optional.ofNullable(e.getCause()).orElse(e).getMessage()), e);
        }
    }

    /** Registers our own schemas and learns those that producers wrote with, so that the registry may go away later. */
    private static void awaitRegistry(SchemaRegistry registry, ServiceConfig config) throws InterruptedException {
        while (true) {
            try {
                for (Topic topic : Topic.values()) {
                    registry.register(topic.subject(), topic.schema());
                    registry.setCompatibility(topic.subject(), topic.compatibility());
                    registry.idsOf(topic.subject()).forEach(registry::schemaById);
                }
                return;
            } catch (RegistryUnavailableException e) {
                LOG.warn("waiting for the schema registry: {}", e.getMessage());
                TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES.toMillis());
            }
        }
    }
}
