package io.offerflow.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.offerflow.avro.MissingCause;
import io.offerflow.avro.QuarantineReason;
import io.offerflow.codec.EnumMappings;
import io.offerflow.contract.Topic;
import io.offerflow.domain.model.Command;
import io.offerflow.domain.model.CommandEnvelope;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OutcomeResult;
import io.offerflow.domain.model.PublishStep;
import io.offerflow.domain.model.Reason;
import io.offerflow.query.QueryServer;
import io.offerflow.topology.ProcessingListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;

/** The metrics of docs/metrics.md and no others: of the hundreds that Kafka has, those that an operator acts upon. */
final class ServiceMetrics implements ProcessingListener, AutoCloseable {

    /** Names of Kafka's metrics that are exported, with dots. */
    static final List<String> FROM_KAFKA = List.of(
            "kafka.consumer.fetch.manager.records.lag.max", "kafka.stream.alive.stream.threads",
            "kafka.stream.failed.stream.threads", "kafka.stream.thread.process.rate",
            "kafka.stream.thread.commit.latency.avg", "kafka.stream.thread.commit.latency.max",
            "kafka.stream.state.estimate.num.keys", "kafka.stream.state.total.sst.files.size");

    /** The value of the label command for due events, which have no command. */
    private static final String NO_COMMAND = "none";

    private static final Duration[] BUCKETS = {Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30)};

    /** The active runs at one step. */
    private record OffersAtStep(int runs, double oldestSeconds) {
    }

    /** The labels of one counter. */
    private record MetricKind(String command, String result, String reason) {
    }

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<MetricKind, Counter> inputs = new ConcurrentHashMap<>();
    private final RestoreProgress restore = new RestoreProgress();
    private final Timer decision;
    private final Timer dueDelay;
    private volatile Map<PublishStep, OffersAtStep> runs = Map.of();
    private volatile long overdue;
    private volatile Optional<QueryServer> queries = Optional.empty();
    private volatile Optional<KafkaStreamsMetrics> kafka = Optional.empty();

    ServiceMetrics() {
        registry.config().meterFilter(new OnlyListed());
        decision = Timer.builder("offerflow.input.decision").serviceLevelObjectives(BUCKETS)
                .description("time from the append at the broker to the decision; readers see it after the next commit")
                .register(registry);
        dueDelay = Timer.builder("offerflow.due.event.delay")
                .description("time from the due time of an idle offer until its event was applied")
                .register(registry);
        Gauge.builder("offerflow.restore.remaining.records", restore, RestoreProgress::remaining).register(registry);
        Gauge.builder("offerflow.runs.overdue", this, metrics -> metrics.overdue).register(registry);
        for (PublishStep step : PublishStep.values()) {
            Gauge.builder("offerflow.runs", this, metrics -> metrics.at(step).runs()).tag("step", step.name())
                    .description("active runs of the cluster").register(registry);
            Gauge.builder("offerflow.run.step.age", this, metrics -> metrics.at(step).oldestSeconds())
                    .tag("step", step.name()).baseUnit("seconds").description("age of the oldest active run's step")
                    .register(registry);
        }
        countFromZero();
    }

    /** Counters with alerts exist from the start: Prometheus sees no increase in a series that begins with 1. */
    private void countFromZero() {
        for (QuarantineReason reason : QuarantineReason.values()) {
            quarantined(reason.name());
        }
        Topic.inputs().forEach(input -> Arrays.stream(MissingCause.values())
                .forEach(cause -> missing(input.topicName(), cause.name())));
        Stream.concat(Stream.of(NO_COMMAND), names(Command.class)).forEach(command -> input(internalError(command)));
    }

    private static MetricKind internalError(String command) {
        return new MetricKind(command, OutcomeResult.REJECTED.name(), Reason.INTERNAL_ERROR.name());
    }

    private static Stream<String> names(Class<?> commands) {
        return commands.isSealed() ? Arrays.stream(commands.getPermittedSubclasses()).flatMap(ServiceMetrics::names)
                : Stream.of(commands.getSimpleName());
    }

    RestoreProgress restore() {
        return restore;
    }

    void watch(KafkaStreams streams, HealthMonitor health) {
        Gauge.builder("offerflow.ready", health, monitor -> monitor.report().ready() ? 1 : 0).register(registry);
        Gauge.builder("offerflow.stalled.partitions", health, HealthMonitor::stalledPartitions)
                .description("input partitions that take nothing although there is something to take")
                .register(registry);
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        kafka = Optional.of(metrics);
    }

    void watch(QueryServer server) {
        Gauge.builder("offerflow.event.stream.clients", server, QueryServer::subscribers).register(registry);
        queries = Optional.of(server);
    }

    /** All metrics in the text format of Prometheus. */
    String scrape() {
        queries.ifPresent(this::countRuns);
        return registry.scrape();
    }

    private void countRuns(QueryServer server) {
        Instant now = Instant.now();
        Map<PublishStep, OffersAtStep> counted = new EnumMap<>(PublishStep.class);
        long slow = server.runs().peek(run -> PublishStep.named(run.step()).ifPresent(step -> counted.merge(step,
                new OffersAtStep(1, age(run, now)), (one, other) -> new OffersAtStep(one.runs() + other.runs(),
                        Math.max(one.oldestSeconds(), other.oldestSeconds())))))
                .filter(QueryServer.ActiveRun::overdue).count();
        runs = counted;
        overdue = slow;
    }

    private static double age(QueryServer.ActiveRun run, Instant now) {
        return run.since().map(since -> Math.max(0, Duration.between(since, now).toMillis() / 1000.0)).orElse(0.0);
    }

    private OffersAtStep at(PublishStep step) {
        return runs.getOrDefault(step, new OffersAtStep(0, 0));
    }

    @Override
    public void decided(Entry entry, Instant appendedAt) {
        EnumMappings.OutcomeParts answer = EnumMappings.OutcomeParts.of(entry.decision());
        MetricKind kind = new MetricKind(
                entry.envelope().map(CommandEnvelope::command).map(Command::name).orElse(NO_COMMAND),
                answer.result().map(Enum::name).orElse("NONE"), answer.reason().map(Enum::name).orElse("none"));
        input(kind).increment();
        Duration took = Duration.between(appendedAt, Instant.now());
        decision.record(took.isNegative() ? Duration.ZERO : took);
    }

    @Override
    public void quarantined(QuarantineReason reason) {
        quarantined(reason.name()).increment();
    }

    private Counter input(MetricKind kind) {
        return inputs.computeIfAbsent(kind, known -> Counter.builder("offerflow.inputs").tag("command", known.command())
                .tag("result", known.result()).tag("reason", known.reason()).register(registry));
    }

    @Override
    public void missing(String input, MissingCause cause) {
        missing(input, cause.name()).increment();
    }

    private Counter missing(String input, String cause) {
        return registry.counter("offerflow.missing.inputs", "topic", input, "cause", cause);
    }

    private Counter quarantined(String reason) {
        return registry.counter("offerflow.quarantined", "reason", reason);
    }

    @Override
    public void advanced(Duration late) {
        dueDelay.record(late.isNegative() ? Duration.ZERO : late);
    }

    @Override
    public void postponed() {
        input(internalError(NO_COMMAND)).increment();
    }

    @Override
    public void close() {
        kafka.ifPresent(KafkaStreamsMetrics::close);
        registry.close();
    }

    /** Accepts the metrics of the service and the listed ones of Kafka. */
    private static final class OnlyListed implements MeterFilter {

        @Override
        public MeterFilterReply accept(Meter.Id id) {
            return id.getName().startsWith("offerflow.") || FROM_KAFKA.contains(id.getName())
                    ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
        }

        @Override
        public Meter.Id map(Meter.Id id) {
            List<Tag> kept = id.getTags().stream().filter(tag -> !tag.getKey().equals("kafka.version")).toList();
            return kept.size() == id.getTags().size() ? id : id.replaceTags(kept);
        }
    }
}
