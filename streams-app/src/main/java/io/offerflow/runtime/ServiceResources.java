package io.offerflow.runtime;

import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.query.QueryServer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** What the service uses besides Kafka Streams, and closes at its end, but for the query API, which ends first. */
record ServiceResources(RegistryClient registry, SchemaLookups schemas, Admin admin, ScheduledExecutorService scheduler,
        ServiceMetrics metrics, Optional<QueryServer> queries) implements AutoCloseable {

    /** One thread resumes processing while the others wait for the brokers. */
    private static final int SCHEDULER_THREADS = 3;
    private static final Duration ADMIN_CLOSE = Duration.ofSeconds(1);

    /**
     * Creates the resources, with metrics and query API, which it closes if it fails.
     *
     * @throws ConfigException if the settings {@code kafka.*} are not enough for a client
     */
    static ServiceResources create(ServiceConfig config, ServiceMetrics metrics, Optional<QueryServer> queries) {
        Admin admin;
        try {
            admin = admin(config);
        } catch (KafkaException e) {
            queries.ifPresent(QueryServer::close);
            metrics.close();
            throw new ConfigException("cannot create a client for the brokers at %s; check the settings kafka.*: %s"
                    .formatted(config.bootstrapServers(), Optional.ofNullable(e.getCause()).orElse(e).getMessage()), e);
        }
        RegistryClient registry = new RegistryClient(config.registry());
        return new ServiceResources(registry, new SchemaLookups(registry), admin,
                Executors.newScheduledThreadPool(SCHEDULER_THREADS,
                        Thread.ofPlatform().name("offerflow-health-", 1).daemon().factory()), metrics, queries);
    }

    private static Admin admin(ServiceConfig config) {
        Map<String, Object> properties = StreamsProperties.admin(config);
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 15_000);
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        return Admin.create(properties);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        admin.close(ADMIN_CLOSE);
        metrics.close();
        schemas.close();
        registry.close();
    }
}
