package io.offerflow.runtime;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.query.QueryServer;
import io.offerflow.query.TokenAuthorizer;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.TopologySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service: checks topics and registry, then runs the topology until it is closed. */
public final class OfferService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OfferService.class);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(2);

    private final KafkaStreams streams;
    private final RegistryClient registry;
    private final ServiceMetrics metrics;
    private final Optional<QueryServer> queries;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private OfferService(KafkaStreams streams, RegistryClient registry, ServiceMetrics metrics,
            Optional<QueryServer> queries) {
        this.streams = streams;
        this.registry = registry;
        this.metrics = metrics;
        this.queries = queries;
    }

    /**
     * Starts the service. Waits while the registry does not answer, and logs that; the query API answers health checks
     * in the meantime.
     *
     * @return the started service, which may still restore its state: see {@link #awaitReady}
     * @throws ConfigException if topics or settings are not as the service needs them, or the brokers do not answer
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public static OfferService start(ServiceConfig config) throws InterruptedException {
        LOG.info("starting with {}", config.summary());
        ServiceMetrics metrics = new ServiceMetrics();
        Optional<QueryServer> queries = config.http().map(http -> open(http, metrics));
        RegistryClient registry = new RegistryClient(config.registry());
        try {
            OfferService service = prepare(config, metrics, queries, registry);
            service.run();
            return service;
        } catch (RuntimeException | InterruptedException e) {
            queries.ifPresent(QueryServer::close);
            metrics.close();
            registry.close();
            throw e;
        }
    }

    private static OfferService prepare(ServiceConfig config, ServiceMetrics metrics, Optional<QueryServer> queries,
            RegistryClient registry) throws InterruptedException {
        int partitions = partitions(config);
        awaitRegistry(registry, config);
        Properties properties = StreamsProperties.of(config);
        Optional<HostInfo> self = config.http().map(http -> http.self(queries.orElseThrow().port()));
        self.ifPresent(host -> properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG,
                host.host() + ":" + host.port()));
        TopologySettings defaults = TopologySettings.defaults(BuildInfo.ID, partitions);
        TopologySettings settings = new TopologySettings(config.policy(), defaults.build(), partitions,
                config.inputMaxBytes(), defaults.tick(), config.dueGrace(), defaults.duePerTick(),
                config.notificationLocale());
        KafkaStreams streams = streams(
                OfferTopology.build(new StreamsConfig(properties), settings, registry, metrics), properties);
        streams.setGlobalStateRestoreListener(metrics.restore());
        metrics.watch(streams);
        queries.ifPresent(server -> {
            metrics.watch(server);
            server.serve(new QueryServer.Sources(streams, self.orElseThrow(), partitions, registry,
                    () -> ReadCommittedConsumers.consumer(config), metrics.restore()::remaining));
        });
        return new OfferService(streams, registry, metrics, queries);
    }

    /** The client locks its directory when it is created. */
    private static KafkaStreams streams(Topology topology, Properties properties) {
        try {
            return new KafkaStreams(topology, properties);
        } catch (StreamsException e) {
            throw new ConfigException(("cannot use the state directory %s: another process uses it, or this user may"
                    + " not write there; give each instance a state.dir that it alone uses (%s)").formatted(
                            properties.get(StreamsConfig.STATE_DIR_CONFIG), e.getMessage()), e);
        }
    }

    private static QueryServer open(HttpSettings http, ServiceMetrics metrics) {
        try {
            TokenAuthorizer gate = http.tokens().map(TokenAuthorizer::of).orElse(TokenAuthorizer.OPEN);
            if (gate == TokenAuthorizer.OPEN && !InetAddress.getByName(http.host()).isLoopbackAddress()) {
                LOG.warn("the query API listens on {} and answers requests without a token; set http.tokens, or "
                        + "http.host=127.0.0.1",
                        http.host());
            }
            return QueryServer.open(http.host(), http.port(), gate, metrics::scrape, Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("the setting \"http.tokens\": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ConfigException("the query API cannot listen on %s:%d: %s; set http.port to another port, or 0"
                    .formatted(http.host(), http.port(), e.getMessage()), e);
        }
    }

    /** Port of the query API; empty if it is off. */
    public Optional<Integer> httpPort() {
        return queries.map(QueryServer::port);
    }

    private void run() {
        streams.setUncaughtExceptionHandler(new BackoffThreadReplacer());
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

    /**
     * Waits until the service processes inputs.
     *
     * @return false if it does not within the timeout
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean awaitReady(Duration timeout) throws InterruptedException {
        return running.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Waits until the service has ended, by itself or because it was closed.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** Whether it works on its inputs now. */
    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Whether the service has ended because of an error. */
    public boolean failed() {
        return streams.state() == KafkaStreams.State.ERROR || streams.state() == KafkaStreams.State.PENDING_ERROR;
    }

    /** The Kafka Streams client, for queries and metrics. */
    public KafkaStreams streams() {
        return streams;
    }

    /**
     * Commits and ends, within 30 seconds; the member stays in the group, so that a restart gets its partitions again.
     */
    @Override
    public void close() {
        queries.ifPresent(QueryServer::close);
        streams.close(Duration.ofSeconds(30));
        metrics.close();
        registry.close();
    }

    private static int partitions(ServiceConfig config) throws InterruptedException {
        Map<String, Object> properties = new HashMap<>(config.kafka());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        try (Admin admin = Admin.create(properties)) {
            return new TopicValidator(admin).partitions();
        } catch (ExecutionException e) {
            throw new ConfigException(BrokerFailure.sentence(config.bootstrapServers(), e.getCause()), e);
        } catch (KafkaException e) {
            throw new ConfigException("cannot create a client for the brokers at %s; check the settings kafka.*: %s"
                    .formatted(config.bootstrapServers(), Optional.ofNullable(e.getCause()).orElse(e).getMessage()), e);
        }
    }

    /**
     * Registers the schemas of this release and reads those of producers, so that a later outage of the registry is
     * harmless.
     */
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
                TimeUnit.MILLISECONDS.sleep(RETRY_DELAY.toMillis());
            }
        }
    }
}
