package io.offerflow.runtime;

import io.offerflow.query.HealthReport;
import io.offerflow.runtime.InputProgress.Stall;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the topics and the progress of the inputs while the service runs, and reports the health of this instance. A
 * finding about the topics ends the service if the next check has it, too: one broker may know a change late.
 */
final class HealthMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);
    private static final Duration OFFSETS_EVERY = Duration.ofSeconds(2);
    /** A finding is certain after two checks, which is within 15 seconds. */
    private static final Duration TOPICS_EVERY = Duration.ofSeconds(4);
    /** After the interval between commits. */
    private static final Duration STALLED_AFTER = Duration.ofSeconds(8);
    /** Longest time to wait for one answer of the brokers. */
    static final Duration TIMEOUT = Duration.ofSeconds(3);
    /** A thread that processes for longer than this is named as the reason of a stall. */
    private static final Duration LONG_PROCESSING = Duration.ofSeconds(5);

    private final KafkaStreams streams;
    private final StreamsClients clients;
    private final SchemaLookups schemas;
    private final ThreadFailureHandler threads;
    private final FatalErrorHandler fatal;
    private final LongSupplier toRestore;
    private final TopicValidator validator;
    private final TopicLayout start;
    private final InputOffsets offsets;
    private final String bootstrapServers;
    private final Duration maxPollInterval;
    private final Clock clock;
    private final InputProgress progress;
    private volatile Instant runningSince;
    private volatile Instant checkedAt;
    private volatile Optional<String> topics = Optional.empty();
    private volatile Optional<String> brokers = Optional.empty();
    private volatile List<Stall> stalls = List.of();
    private Optional<String> unchecked = Optional.empty();
    private boolean wasReady;

    /** What the monitor watches. */
    record Watched(KafkaStreams streams, StreamsClients clients, SchemaLookups schemas, ThreadFailureHandler threads,
            FatalErrorHandler fatal, LongSupplier toRestore) {
    }

    HealthMonitor(Watched watched, ServiceConfig config, Admin admin, TopicLayout start, Clock clock) {
        this.streams = watched.streams();
        this.clients = watched.clients();
        this.schemas = watched.schemas();
        this.threads = watched.threads();
        this.fatal = watched.fatal();
        this.toRestore = watched.toRestore();
        this.validator = new TopicValidator(admin, TIMEOUT);
        this.start = start;
        this.offsets = new InputOffsets(admin, config.applicationId(), clients.inputs(), TIMEOUT);
        this.progress = new InputProgress(STALLED_AFTER.plus(config.commitInterval()));
        this.bootstrapServers = config.bootstrapServers();
        this.maxPollInterval = StreamsProperties.maxPollInterval(config);
        this.clock = clock;
        this.runningSince = clock.instant();
        this.checkedAt = clock.instant();
    }

    /** Checks every few seconds from now on. */
    void start(ScheduledExecutorService scheduler) {
        scheduler.scheduleWithFixedDelay(this::watchTopics, TOPICS_EVERY.toMillis(), TOPICS_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
        scheduler.scheduleWithFixedDelay(this::watchOffsets, OFFSETS_EVERY.toMillis(), OFFSETS_EVERY.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Kafka Streams became {@code RUNNING}. */
    void running() {
        runningSince = clock.instant();
    }

    /** The health now. */
    HealthReport report() {
        return new HealthFacts(streams.state(), runningSince, fatal.failure(), threads.last(), topics, brokers,
                stalls.stream().map(this::sentence).toList(), checkedAt, sincePoll(), maxPollInterval,
                toRestore.getAsLong()).report(clock.instant());
    }

    /** Number of input partitions of this instance that take nothing although there is something to take. */
    int stalledPartitions() {
        return stalls.size();
    }

    private void watchTopics() {
        unchecked = ask("topics", unchecked, () -> {
            Optional<String> found = validator.changed(start);
            if (found.isPresent() && topics.isPresent()) {
                fatal.fail("the service stops, because " + found.get());
            }
            topics = found;
        });
    }

    private void watchOffsets() {
        brokers = ask("offsets of the inputs", brokers, () -> {
            boolean running = streams.state() == KafkaStreams.State.RUNNING;
            stalls = progress.judge(running ? offsets.sample() : List.of(), clock.instant());
            checkedAt = clock.instant();
        });
        say(report());
    }

    private interface Question {
        void ask() throws InterruptedException, ExecutionException;
    }

    /** Why the brokers did not answer, which is logged once; empty if they did. */
    private Optional<String> ask(String about, Optional<String> earlier, Question question) {
        try {
            question.ask();
            return Optional.empty();
        } catch (ExecutionException | KafkaException e) {
            String why = BrokerFailure.sentence(bootstrapServers, Optional.ofNullable(e.getCause()).orElse(e));
            if (earlier.isEmpty()) {
                LOG.warn("cannot check the {}: {}", about, why);
            }
            return Optional.of(why);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("cannot check the {} because of a fault in this release", about, e);
        }
        return earlier;
    }

    /** One line when the instance stops being ready, and one when it is ready again. */
    private void say(HealthReport report) {
        if (report.ready() != wasReady) {
            wasReady = report.ready();
            if (report.ready()) {
                LOG.info("ready");
            } else if (fatal.failure().isEmpty()) {
                LOG.warn("not ready: {}", report.message());
            }
        }
    }

    private Duration sincePoll() {
        return clients.inputs().stream().map(HoldingConsumer::sincePoll).max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private String sentence(Stall stall) {
        return "Partition %s has taken nothing since %s, although %d records wait from offset %d on%s.".formatted(
                stall.partition(), HealthFacts.shown(stall.since()), stall.lag(), stall.offset(),
                reason(stall.partition()).map(", because "::concat).orElse("; the log may say why"));
    }

    private Optional<String> reason(TopicPartition partition) {
        return clients.inputs().stream().flatMap(consumer -> {
            HoldingConsumer.HeldRecord held = consumer.held().get(partition);
            if (held != null) {
                return Optional.of("the record at offset %d has schema id %d, and %s".formatted(held.offset(),
                        held.schemaId(), schemas.failure(held.schemaId()))).stream();
            }
            return consumer.positions().containsKey(partition) && consumer.sincePoll().compareTo(LONG_PROCESSING) > 0
                    ? Optional.of("its thread has been processing for %d s".formatted(consumer.sincePoll().toSeconds()))
                            .stream() : Stream.<String>empty();
        }).findFirst();
    }
}
