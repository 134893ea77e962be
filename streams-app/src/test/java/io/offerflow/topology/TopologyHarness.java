package io.offerflow.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.EntryKind;
import io.offerflow.avro.JournalEntry;
import io.offerflow.avro.Notification;
import io.offerflow.avro.OfferStatus;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.avro.StepRequest;
import io.offerflow.avro.Storefront;
import io.offerflow.codec.StoredPosition;
import io.offerflow.codec.TaskPosition;
import io.offerflow.codec.TopicIds;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.Policy;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.runtime.StreamsProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.UnaryOperator;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The real topology over real stores without a broker: typed envelopes in, typed records out, byte by byte. */
final class TopologyHarness implements AutoCloseable {

    /** When the tests begin, by the wall clock and by the broker. */
    static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private final TopologySettings settings;
    private final SchemaRegistry registry;
    private final UnaryOperator<Processor<byte[], byte[], OutputKey, byte[]>> around;
    private final PutOffCounter faults = new PutOffCounter();
    private final TopologyTestDriver driver;
    private final AvroEncoder encoder;
    private final AvroDecoder decoder;
    private final Map<Topic, TestInputTopic<byte[], byte[]>> inputs = new EnumMap<>(Topic.class);
    private final Map<Topic, TestOutputTopic<byte[], byte[]>> outputs = new EnumMap<>(Topic.class);

    private final RecordFaults recordFaults;
    private Instant wallClock;

    private TopologyHarness(TopologySettings settings, SchemaRegistry registry,
            UnaryOperator<Processor<byte[], byte[], OutputKey, byte[]>> around, Instant wallClock, StartCheck check,
            RecordFaults recordFaults) {
        this.settings = settings;
        this.registry = registry;
        this.around = around;
        this.wallClock = wallClock;
        this.recordFaults = recordFaults;
        this.encoder = new AvroEncoder(registry, Topic.inputs());
        this.decoder = new AvroDecoder(registry);
        Properties properties = properties();
        this.driver = new TopologyTestDriver(OfferTopology.build(new StreamsConfig(properties),
                OfferTopology.stores(), () -> around.apply(new OfferProcessor(settings, registry, check, faults,
                        recordFaults))), properties, wallClock);
        Topic.inputs().forEach(topic -> inputs.put(topic, driver.createInputTopic(topic.topicName(),
                new ByteArraySerializer(), new ByteArraySerializer())));
        Topic.outputs().forEach(topic -> outputs.put(topic, driver.createOutputTopic(topic.topicName(),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())));
    }

    static TopologyHarness start() {
        return start(TopologySettings.defaults("test-build", 1), new InMemoryRegistry());
    }

    static TopologyHarness start(TopologySettings settings, SchemaRegistry registry) {
        return new TopologyHarness(settings, registry, UnaryOperator.identity(), START, StartCheck.NONE,
                new RecordFaults());
    }

    /** The same with somebody between the step and what it works on. */
    static TopologyHarness start(UnaryOperator<Processor<byte[], byte[], OutputKey, byte[]>> around, StartCheck check) {
        return new TopologyHarness(TopologySettings.defaults("test-build", 1), new InMemoryRegistry(), around, START,
                check, new RecordFaults());
    }

    /** Another process over what lies in the stores, under the same rules. */
    TopologyHarness restarted() {
        return restarted(settings.policy());
    }

    /** Another process over what lies in the stores, under other rules; what nobody read of the outputs is lost. */
    TopologyHarness restarted(Policy policy) {
        TopologyHarness next = new TopologyHarness(new TopologySettings(policy, settings.build(), settings.partitions(),
                settings.inputMaxBytes(), settings.tick(), settings.dueGrace(), settings.duePerTick(),
                settings.notificationLocale()), registry, around, wallClock, restored(), recordFaults);
        for (String store : TopologyNames.stores()) {
            try (var rows = store(store).all()) {
                rows.forEachRemaining(row -> next.store(store).put(row.key, row.value));
            }
        }
        close();
        return next;
    }

    /** The stores are filled after the task has begun, so the position that they will have is handed over. */
    private StartCheck restored() {
        StoredPosition position = Optional.ofNullable(store(TopologyNames.POSITIONS).get(TaskPosition.KEY))
                .map(row -> new StoredPosition(TaskPosition.decode(row), TopicIds.NONE)).orElse(StoredPosition.NONE);
        return (partition, empty) -> StartCheck.NONE.check(partition, position);
    }

    static Properties properties() {
        try {
            return StreamsProperties.of(ServiceConfig.of(Map.of("bootstrap.servers", "127.0.0.1:9",
                    "schema.registry.url", "http://127.0.0.1:9",
                    "state.dir", folder().toString())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for the stores", e);
        }
    }

    /** The driver empties it when it is closed. */
    private static Path folder() throws IOException {
        Path folder = Files.createTempDirectory("offerflow-bench");
        folder.toFile().deleteOnExit();
        return folder;
    }

    /** A record was appended to the topic that this envelope belongs to. */
    void send(IndexedRecord envelope, Instant appendedAt) {
        Topic topic = topicOf(envelope);
        send(topic, key(envelope), encoder.encode(topic, envelope), appendedAt);
    }

    void send(Topic topic, byte[] key, byte[] value, Instant appendedAt) {
        send(topic, key, value, appendedAt, new RecordHeaders());
    }

    void send(Topic topic, byte[] key, byte[] value, Instant appendedAt, Headers headers) {
        inputs.get(topic).pipeInput(new TestRecord<>(key, value, headers, appendedAt.toEpochMilli()));
    }

    byte[] bytes(IndexedRecord envelope) {
        return encoder.encode(topicOf(envelope), envelope);
    }

    static byte[] key(IndexedRecord envelope) {
        return "%s/%s".formatted(text(envelope, "publisherId"), text(envelope, "offerId"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Object text(IndexedRecord envelope, String field) {
        return envelope.get(envelope.getSchema().getField(field).pos());
    }

    static Topic topicOf(IndexedRecord envelope) {
        return Topic.inputs().stream().filter(topic -> topic.schema().equals(envelope.getSchema())).findFirst()
                .orElseThrow();
    }

    /** The next line of the journal that is not the policy's, which every journal begins with. */
    JournalEntry journal() {
        JournalEntry line = next(Topic.OFFER_JOURNAL, JournalEntry.class);
        return line.getKind() == EntryKind.POLICY ? journal() : line;
    }

    CommandOutcome outcome() {
        return next(Topic.COMMAND_OUTCOMES, CommandOutcome.class);
    }

    OfferStatus status() {
        return next(Topic.OFFER_STATUS, OfferStatus.class);
    }

    StepRequest request() {
        return next(Topic.STEP_REQUESTS, StepRequest.class);
    }

    Notification notification() {
        return next(Topic.NOTIFICATIONS, Notification.class);
    }

    Storefront storefront() {
        return next(Topic.STOREFRONT, Storefront.class);
    }

    QuarantinedRecord quarantined() {
        return next(Topic.QUARANTINE, QuarantinedRecord.class);
    }

    /** The next record of an output as its bytes. */
    TestRecord<byte[], byte[]> raw(Topic topic) {
        assertThat(outputs.get(topic).isEmpty()).as("%s has no record", topic.topicName()).isFalse();
        return outputs.get(topic).readRecord();
    }

    private <T extends IndexedRecord> T next(Topic topic, Class<T> type) {
        return type.cast(decoder.decode(topic, raw(topic).value()));
    }

    /** The value of an input topic. */
    IndexedRecord decode(Topic topic, byte[] value) {
        return decoder.decode(topic, value);
    }

    boolean has(Topic topic) {
        return !outputs.get(topic).isEmpty();
    }

    /** The next record of an output is a tombstone. */
    void tombstone(Topic topic) {
        assertThat(raw(topic).value()).as("value of the next record of %s", topic.topicName()).isNull();
    }

    /** Fails if any output has a record that nobody read. */
    void andNothingElse() {
        outputs.forEach((topic, output) -> assertThat(output.readRecordsToList().stream()
                .map(record -> record.value() == null ? "tombstone" : decoder.decode(topic, record.value()))
                .filter(value -> !(value instanceof JournalEntry line && line.getKind() == EntryKind.POLICY)).toList())
                .as("unread records of %s", topic.topicName()).isEmpty());
    }

    /** Reads away what is there, for the steps that lead up to what a test is about. */
    void skip() {
        outputs.values().forEach(TestOutputTopic::readRecordsToList);
    }

    void pass(Duration time) {
        driver.advanceWallClockTime(time);
        wallClock = wallClock.plus(time);
    }

    Instant wallClock() {
        return wallClock;
    }

    KeyValueStore<byte[], byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    /** How often something due was put off because of a fault. */
    int putOff() {
        return faults.count();
    }

    TopologySettings settings() {
        return settings;
    }

    @Override
    public void close() {
        driver.close();
    }
}
