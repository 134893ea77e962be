package io.offerflow.notifier;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.notifier.delivery.DeliveryEngine;
import io.offerflow.notifier.delivery.DeliveryListener;
import io.offerflow.notifier.directory.DirectoryEditor;
import io.offerflow.notifier.directory.DirectoryFeed;
import io.offerflow.notifier.mail.MailSender;
import io.offerflow.notifier.mail.MailTransport;
import io.offerflow.notifier.sending.EventDecoder;
import io.offerflow.notifier.webhook.WebhookSender;
import io.offerflow.query.HealthReport;
import io.offerflow.query.OperationsServer;
import io.offerflow.runtime.BrokerFailure;
import io.offerflow.runtime.ConfigException;
import io.offerflow.runtime.TopicValidator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends e-mails and calls webhooks until it is closed. */
public final class Notifier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration STALLED = Duration.ofSeconds(30);
    private static final Duration CLOSE = Duration.ofSeconds(20);

    private final NotifierConfig config;
    private final InstantSource clock;
    private final NotifierClients clients;
    private final RegistryClient registry;
    private final DirectoryFeed directory;
    private final Optional<MailTransport> mails;
    private final WebhookSender webhooks;
    private final NotifierDestinations destinations;
    private final NotifierMetrics metrics;
    private final FailureLog failures;
    private final Optional<OperationsServer> operations;
    private final Thread thread;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile Optional<DeliveryEngine> engine = Optional.empty();
    private volatile Optional<String> interruption = Optional.empty();
    private volatile boolean closed;

    private Notifier(NotifierConfig config, InstantSource clock) throws InterruptedException {
        this.config = config;
        this.clock = clock;
        this.clients = new NotifierClients(config);
        this.registry = new RegistryClient(config.registry());
        registerSchemas();
        this.directory = new DirectoryFeed(clients::follower, registry);
        EventDecoder decoder = new EventDecoder(registry);
        this.mails = config.mailTransport();
        this.webhooks = new WebhookSender(config.webhooks(System.getenv()), decoder, clock);
        this.destinations = new NotifierDestinations(config, directory::current, mails.map(transport ->
                new MailSender(config.mail(), transport, decoder, clock)), webhooks,
                new DirectoryEditor(clients::follower, clients::editor, registry, clock));
        this.failures = new FailureLog(clock);
        this.metrics = new NotifierMetrics(this::engineState, () -> health().ready(), clock);
        this.operations = config.httpPort().map(this::open);
        this.thread = Thread.ofPlatform().name("notifier").start(this::run);
    }

    /**
     * Starts a notifier; it joins its group after this method has returned.
     *
     * @throws ConfigException if its settings or topics are not as it needs them; the message says what to do
     */
    public static Notifier start(NotifierConfig config) throws InterruptedException {
        return start(config, InstantSource.system());
    }

    /** Starts a notifier with another clock than that of the system. */
    public static Notifier start(NotifierConfig config, InstantSource clock) throws InterruptedException {
        try (Admin admin = Admin.create(new NotifierClients(config).all())) {
            new TopicValidator(admin, Topic.Role.NOTIFIER).validate();
        } catch (ExecutionException e) {
            throw new ConfigException(BrokerFailure.sentence(config.bootstrapServers(), e.getCause()), e);
        } catch (KafkaException e) {
            throw new ConfigException("cannot create a client for the brokers at %s; check the settings kafka.*: %s"
                    .formatted(config.bootstrapServers(), Optional.ofNullable(e.getCause()).orElse(e).getMessage()), e);
        }
        try {
            return new Notifier(config, clock);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    private void registerSchemas() throws InterruptedException {
        while (true) {
            try {
                for (Topic topic : Topic.values()) {
                    if (topic.direction() == Topic.Direction.NOTIFIER) {
                        registry.register(topic.subject(), topic.schema());
                        registry.setCompatibility(topic.subject(), topic.compatibility());
                    }
                }
                return;
            } catch (RegistryUnavailableException e) {
                LOG.warn("waiting for the schema registry: {}", e.getMessage());
                TimeUnit.SECONDS.sleep(2);
            }
        }
    }

    private OperationsServer open(int port) {
        try {
            return OperationsServer.open(config.httpHost(), port, this::health, metrics::scrape);
        } catch (IOException e) {
            throw new ConfigException("cannot listen on %s:%d: %s".formatted(config.httpHost(), port, e.getMessage()),
                    e);
        }
    }

    /** Runs one engine after the other: one that fails leaves everything to the next one, from the last commit on. */
    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!closed) {
            Instant began = clock.instant();
            try {
                DeliveryEngine next = new DeliveryEngine(clients, registry, destinations, config.retries(), clock,
                        new Random(), DeliveryListener.of(metrics, failures));
                engine = Optional.of(next);
                try {
                    if (!closed) {
                        next.run();
                    }
                } finally {
                    next.close();
                }
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException e) {
                boolean ranLong = began.plus(LONGEST_PAUSE.multipliedBy(2)).isBefore(clock.instant());
                pause = ranLong ? FIRST_PAUSE : pause;
                interruption = Optional.of(e.toString());
                LOG.error("the notifier was interrupted and begins again from its last commit in {} s",
                        pause.toSeconds(), e);
                pause = sleep(pause);
            }
        }
        end.complete(null);
    }

    private static Duration sleep(Duration pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }

    private DeliveryEngine.EngineState engineState() {
        return engine.map(DeliveryEngine::state).orElseGet(() -> DeliveryEngine.starting(clock.instant()));
    }

    /** Whether it takes events, and if not, why. */
    public HealthReport health() {
        DeliveryEngine.EngineState state = engineState();
        boolean live = thread.isAlive();
        boolean late = state.at().plus(STALLED).isBefore(clock.instant());
        boolean ready = live && state.ready() && !late;
        String message = ready ? "%d events are on their way; %d backlogs".formatted(state.pending(), state.backlogs())
                : !live ? "The notifier has ended."
                : interruption.filter(why -> late || !state.ready())
                        .map(why -> "It was interrupted and begins again: " + why)
                        .orElse("It is joining its consumer group.");
        return new HealthReport(ready ? "RUNNING" : "STARTING", live, ready, message);
    }

    /** Waits until it takes events. */
    public boolean awaitReady(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!health().ready() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return health().ready();
    }

    /** Waits until it is closed. */
    public void awaitEnd() throws InterruptedException, ExecutionException {
        end.get();
    }

    /** The port of health and metrics, unless they are off. */
    public Optional<Integer> httpPort() {
        return operations.map(OperationsServer::port);
    }

    /** Waits a while for what is on its way, commits and leaves the group. */
    @Override
    public void close() {
        closed = true;
        engine.ifPresent(DeliveryEngine::stop);
        try {
            thread.join(CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        operations.ifPresent(OperationsServer::close);
        directory.close();
        webhooks.close();
        mails.ifPresent(MailTransport::close);
        metrics.close();
        registry.close();
    }
}
