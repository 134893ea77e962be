package io.offerflow.runtime;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.identity.Authenticator;
import io.offerflow.query.HealthReport;
import io.offerflow.query.QueryServer;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.StartCheck;
import io.offerflow.topology.TopologySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
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
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final KafkaStreams streams;
    private final ServiceResources resources;
    private final FatalErrorHandler fatal = new FatalErrorHandler(this::stop);
    private final ThreadFailureHandler threads;
    private final HealthMonitor health;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private OfferService(ServiceConfig config, KafkaStreams streams, StreamsClients clients, TopicLayout layout,
            ServiceResources resources) {
        Clock clock = Clock.systemUTC();
        this.streams = streams;
        this.resources = resources;
        this.threads = new ThreadFailureHandler(new ThreadFailureHandler.Processing() {
            @Override
            public void pause() {
                streams.pause();
            }

            @Override
            public void resume() {
                streams.resume();
            }
        }, resources.scheduler(), fatal, clock);
        this.health = new HealthMonitor(new HealthMonitor.Watched(streams, clients, resources.schemas(), threads, fatal,
                resources.metrics().restore()::remaining), config, resources.admin(), layout, clock);
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
        ServiceResources resources = ServiceResources.create(config, metrics, queries);
        try {
            OfferService service = prepare(config, resources);
            service.run();
            return service;
        } catch (RuntimeException | InterruptedException e) {
            queries.ifPresent(QueryServer::close);
            resources.close();
            throw e;
        }
    }

    private static OfferService prepare(ServiceConfig config, ServiceResources resources) throws InterruptedException {
        TopicLayout layout = topics(config, resources.admin());
        awaitRegistry(resources.registry(), config);
        Properties properties = StreamsProperties.of(config);
        Optional<HostInfo> self = config.http().map(http -> http.self(resources.queries().orElseThrow().port()));
        self.ifPresent(host -> properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG,
                host.host() + ":" + host.port()));
        TopologySettings defaults = TopologySettings.defaults(BuildInfo.ID, layout.partitions());
        TopologySettings settings = new TopologySettings(config.policy(), defaults.build(), layout.partitions(),
                config.inputMaxBytes(), defaults.tick(), config.dueGrace(), defaults.duePerTick(),
                config.notificationLocale());
        StreamsClients clients = new StreamsClients(resources.schemas());
        StartCheck check = new BrokerStartCheck(properties.getProperty(StreamsConfig.APPLICATION_ID_CONFIG),
                resources.admin(), new ReadCommittedConsumers(config), resources.registry(),
                properties.getProperty(StreamsConfig.STATE_DIR_CONFIG));
        KafkaStreams streams = streams(OfferTopology.build(new StreamsConfig(properties), settings,
                resources.schemas(), check, resources.metrics()), properties, clients);
        streams.setGlobalStateRestoreListener(resources.metrics().restore());
        OfferService service = new OfferService(config, streams, clients, layout, resources);
        resources.metrics().watch(streams, service.health);
        resources.queries().ifPresent(server -> {
            resources.metrics().watch(server);
            server.serve(new QueryServer.Sources(streams, self.orElseThrow(), layout.partitions(),
                    resources.registry(), new ReadCommittedConsumers(config), service.health::report));
        });
        return service;
    }

    /** The client locks its directory when it is created. */
    private static KafkaStreams streams(Topology topology, Properties properties, StreamsClients clients) {
        try {
            ProcessIdFile.create(properties);
            return new KafkaStreams(topology, properties, clients);
        } catch (StreamsException | UncheckedIOException e) {
            throw new ConfigException(("cannot use the state directory %s: another process uses it, or this user may"
                    + " not write there; give each instance a state.dir that it alone uses (%s)").formatted(
                            properties.get(StreamsConfig.STATE_DIR_CONFIG), e.getMessage()), e);
        }
    }

    private static QueryServer open(HttpSettings http, ServiceMetrics metrics) {
        try {
            Optional<Authenticator> gate = http.authenticator();
            if (gate.isEmpty() && !InetAddress.getByName(http.host()).isLoopbackAddress()) {
                LOG.warn("the query API listens on {} and answers requests without a token; set http.tokens "
                        + "or identity.issuer, or "
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
        return resources.queries().map(QueryServer::port);
    }

    private void run() {
        streams.setUncaughtExceptionHandler(threads);
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                health.running();
                running.countDown();
            }
            if (now.hasCompletedShutdown()) {
                end();
            }
        });
        streams.start();
        health.start(resources.scheduler());
    }

    private void end() {
        running.countDown();
        ended.countDown();
    }

    /** Stops deciding at once. The thread that calls may be one that has to end first. */
    private void stop() {
        streams.pause();
        Thread.ofPlatform().name("offerflow-stop").start(() -> {
            streams.close(CLOSE_TIMEOUT);
            end();
        });
    }

    /**
     * Waits until the service processes inputs.
     *
     * @return false if it does not within the timeout, or has ended
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public boolean awaitReady(Duration timeout) throws InterruptedException {
        return running.await(timeout.toMillis(), TimeUnit.MILLISECONDS) && failure().isEmpty();
    }

    /**
     * Waits until the service has ended, by itself or because it was closed.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /** The health of this instance now. */
    public HealthReport health() {
        return health.report();
    }

    /** Why the service has ended or is ending, as a sentence; empty if there is no error. */
    public Optional<String> failure() {
        return fatal.failure().or(() -> Optional.of("Kafka Streams ended with an error; the log has its cause")
                .filter(text -> streams.state() == KafkaStreams.State.ERROR
                        || streams.state() == KafkaStreams.State.PENDING_ERROR));
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
        resources.queries().ifPresent(QueryServer::close);
        streams.close(CLOSE_TIMEOUT);
        resources.close();
    }

    private static TopicLayout topics(ServiceConfig config, Admin admin) throws InterruptedException {
        try {
            return new TopicValidator(admin).validate();
        } catch (ExecutionException e) {
            throw new ConfigException(BrokerFailure.sentence(config.bootstrapServers(), e.getCause()), e);
        }
    }

    /**
     * Registers the schemas of this release and reads those of producers, so that a later outage of the registry is
     * harmless.
     */
    private static void awaitRegistry(SchemaRegistry registry, ServiceConfig config) throws InterruptedException {
        while (true) {
            try {
                for (Topic topic : Topic.of(Topic.Role.SERVICE)) {
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
