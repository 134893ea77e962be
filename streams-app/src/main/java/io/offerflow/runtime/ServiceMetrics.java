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
import io.offerflow.avro.QuarantineReason;
import io.offerflow.codec.Shared;
import io.offerflow.domain.Ask;
import io.offerflow.domain.Command;
import io.offerflow.domain.Entry;
import io.offerflow.domain.Reason;
import io.offerflow.domain.Result;
import io.offerflow.domain.Step;
import io.offerflow.query.QueryServer;
import io.offerflow.topology.Observer;
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

/** The metrics of docs/metrics.md and no others; of the hundreds that Kafka has, those that an operator acts upon. */
final class ServiceMetrics implements Observer, AutoCloseable {

    /** Names of Kafka's metrics that are handed on, with dots. */
    static final List<String> FROM_KAFKA = List.of(
            "kafka.consumer.fetch.manager.records.lag.max", "kafka.stream.alive.stream.threads",
            "kafka.stream.failed.stream.threads", "kafka.stream.thread.process.rate",
            "kafka.stream.thread.commit.latency.avg", "kafka.stream.thread.commit.latency.max",
            "kafka.stream.state.estimate.num.keys", "kafka.stream.state.total.sst.files.size");

    /** Stands for the command of what nobody asked for: something that fell due. */
    private static final String NO_COMMAND = "none";

    private static final Duration[] BUCKETS = {Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
        Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(30)};

    /** What is known of the runs at one step. */
    private record AtStep(int runs, double oldestSeconds) {
    }

    /** Names one counter. */
    private record Kind(String command, String result, String reason) {
    }

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Kind, Counter> inputs = new ConcurrentHashMap<>();
    private final RestoreProgress restore = new RestoreProgress();
    private final Timer decision;
    private final Timer late;
    private volatile Map<Step, AtStep> runs = Map.of();
    private volatile long overdue;
    private volatile Optional<QueryServer> queries = Optional.empty();
    private volatile Optional<KafkaStreamsMetrics> kafka = Optional.empty();

    ServiceMetrics() {
        registry.config().meterFilter(new OnlyListed());
        decision = Timer.builder("offerflow.input.decision").serviceLevelObjectives(BUCKETS)
                .description("from the broker's append to the decision; readers see it a commit later")
                .register(registry);
        late = Timer.builder("offerflow.due.late")
                .description("how long after its time something due was noticed, for offers nobody spoke to")
                .register(registry);
        Gauge.builder("offerflow.restore.remaining.records", restore, RestoreProgress::remaining).register(registry);
        Gauge.builder("offerflow.runs.overdue", this, metrics -> metrics.overdue).register(registry);
        for (Step step : Step.values()) {
            Gauge.builder("offerflow.runs", this, metrics -> metrics.at(step).runs()).tag("step", step.name())
                    .description("active runs of the cluster").register(registry);
            Gauge.builder("offerflow.run.step.age", this, metrics -> metrics.at(step).oldestSeconds())
                    .tag("step", step.name()).baseUnit("seconds").description("age of the oldest active run's step")
                    .register(registry);
        }
        countFromZero();
    }

    /** What is woken for is there from the start: Prometheus sees no increase in a series that begins with 1. */
    private void countFromZero() {
        for (QuarantineReason reason : QuarantineReason.values()) {
            quarantined(reason.name());
        }
        Stream.concat(Stream.of(NO_COMMAND), names(Command.class)).forEach(command -> input(fault(command)));
    }

    private static Kind fault(String command) {
        return new Kind(command, Result.REJECTED.name(), Reason.INTERNAL_ERROR.name());
    }

    private static Stream<String> names(Class<?> commands) {
        return commands.isSealed() ? Arrays.stream(commands.getPermittedSubclasses()).flatMap(ServiceMetrics::names)
                : Stream.of(commands.getSimpleName());
    }

    RestoreProgress restore() {
        return restore;
    }

    void watch(KafkaStreams streams) {
        Gauge.builder("offerflow.ready", streams, some -> some.state() == KafkaStreams.State.RUNNING ? 1 : 0)
                .register(registry);
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        kafka = Optional.of(metrics);
    }

    void watch(QueryServer server) {
        Gauge.builder("offerflow.followers", server, QueryServer::followers).register(registry);
        queries = Optional.of(server);
    }

    /** Everything, as Prometheus reads it. */
    String scrape() {
        queries.ifPresent(this::countRuns);
        return registry.scrape();
    }

    private void countRuns(QueryServer server) {
        Instant now = Instant.now();
        Map<Step, AtStep> counted = new EnumMap<>(Step.class);
        long slow = server.runs().peek(run -> Step.named(run.step()).ifPresent(step -> counted.merge(step,
                new AtStep(1, age(run, now)), (one, other) -> new AtStep(one.runs() + other.runs(),
                        Math.max(one.oldestSeconds(), other.oldestSeconds())))))
                .filter(QueryServer.RunAt::overdue).count();
        runs = counted;
        overdue = slow;
    }

    private static double age(QueryServer.RunAt run, Instant now) {
        return run.since().map(since -> Math.max(0, Duration.between(since, now).toMillis() / 1000.0)).orElse(0.0);
    }

    private AtStep at(Step step) {
        return runs.getOrDefault(step, new AtStep(0, 0));
    }

    @Override
    public void decided(Entry entry, Instant appendedAt) {
        Shared.Answer answer = Shared.Answer.of(entry.decision());
        Kind kind = new Kind(entry.ask().map(Ask::command).map(command -> command.name()).orElse(NO_COMMAND),
                answer.result().map(Enum::name).orElse("NONE"), answer.reason().map(Enum::name).orElse("none"));
        input(kind).increment();
        Duration took = Duration.between(appendedAt, Instant.now());
        decision.record(took.isNegative() ? Duration.ZERO : took);
    }

    @Override
    public void quarantined(QuarantineReason reason) {
        quarantined(reason.name()).increment();
    }

    private Counter input(Kind kind) {
        return inputs.computeIfAbsent(kind, known -> Counter.builder("offerflow.inputs").tag("command", known.command())
                .tag("result", known.result()).tag("reason", known.reason()).register(registry));
    }

    private Counter quarantined(String reason) {
        return registry.counter("offerflow.quarantined", "reason", reason);
    }

    @Override
    public void advanced(Duration lateBy) {
        late.record(lateBy.isNegative() ? Duration.ZERO : lateBy);
    }

    @Override
    public void putOff() {
        input(fault(NO_COMMAND)).increment();
    }

    @Override
    public void close() {
        kafka.ifPresent(KafkaStreamsMetrics::close);
        registry.close();
    }

    /** Lets our own metrics and the listed ones of Kafka pass. */
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
