package io.offerflow.bench.scale;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Result;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.runtime.StreamsProperties;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.OutputKey;
import io.offerflow.topology.TopologySettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The service's one step, on the stores that the service has, with nothing around it: no changelog, no producer, no
 * broker. So what a command costs here is what reading, deciding, encoding and the stores cost, and all that can grow
 * with what is stored.
 */
final class Cell implements AutoCloseable {

    private final MockProcessorContext<OutputKey, byte[]> context;
    private final Processor<byte[], byte[], OutputKey, byte[]> step;
    private final Map<String, KeyValueStore<byte[], byte[]>> stores = new HashMap<>();
    private final Map<Topic, Long> offsets = new HashMap<>();
    private final AvroEncoder encoder;
    private final AvroDecoder decoder;
    private final StateCodec codec = new StateCodec();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long clock = 1_772_442_000_000L;

    /**
     * @param folder of the stores
     * @param factsInMemory whether the store of facts is Kafka Streams' one in memory, for comparison
     */
    Cell(Path folder, SchemaRegistry registry, boolean factsInMemory) {
        encoder = new AvroEncoder(registry, Topic.inputs());
        decoder = new AvroDecoder(registry);
        context = new MockProcessorContext<>(StreamsProperties.of(ServiceConfig.of(Map.of("bootstrap.servers",
                "127.0.0.1:9", "schema.registry.url", "http://127.0.0.1:9", "state.dir", folder.toString()))),
                new TaskId(0, 0), folder.toFile());
        context.setCurrentSystemTimeMs(clock);
        for (String name : OfferTopology.stores()) {
            boolean inMemory = factsInMemory && name.equals(OfferTopology.OFFERS);
            KeyValueStore<byte[], byte[]> store = Stores.keyValueStoreBuilder(inMemory
                    ? Stores.inMemoryKeyValueStore(name) : persistent(name), Serdes.ByteArray(), Serdes.ByteArray())
                    .withLoggingDisabled().withCachingDisabled().build();
            store.init(context.getStateStoreContext(), store);
            stores.put(name, store);
        }
        step = OfferTopology.step(TopologySettings.defaults("benchmark", 1), registry).get();
        step.init(context);
    }

    private static KeyValueBytesStoreSupplier persistent(String name) {
        return Stores.persistentKeyValueStore(name);
    }

    KeyValueStore<byte[], byte[]> store(String name) {
        return stores.get(name);
    }

    OfferHeader facts(OfferKey offer) {
        byte[] stored = store(OfferTopology.OFFERS).get(StateCodec.key(offer));
        return stored == null ? OfferHeader.NONE : codec.decodeHeader(stored);
    }

    /** Takes an input that lies ready in bytes; what follows is made and thrown away. */
    void take(Topic topic, byte[] key, byte[] value) {
        process(topic, key, value);
        context.resetForwards();
    }

    /** Takes an envelope, which must be accepted; returns the processor time it took, in ns. */
    long take(IndexedRecord envelope) {
        return take(envelope, Result.ACCEPTED);
    }

    /** Takes an envelope that must have this result. */
    long take(IndexedRecord envelope, Result expected) {
        Topic topic = topic(envelope);
        return take(topic, key(envelope), encoder.encode(topic, envelope), expected).nanos();
    }

    /**
     * An input that was taken.
     *
     * @param command its kind, such as {@code SubmitOffer}
     * @param nanos processor time that it took; reading the clock is some hundred of them
     */
    record Taken(String command, long nanos) {
    }

    /** Takes an input that lies ready in bytes and must have this result. */
    Taken take(Topic topic, byte[] key, byte[] value, Result expected) {
        long before = threads.getCurrentThreadCpuTime();
        process(topic, key, value);
        long took = threads.getCurrentThreadCpuTime() - before;
        CommandOutcome outcome = context.forwarded(write(Topic.COMMAND_OUTCOMES)).stream()
                .map(forwarded -> (CommandOutcome) decoder.decode(Topic.COMMAND_OUTCOMES, forwarded.record().value()))
                .findFirst().orElseThrow();
        context.resetForwards();
        if (outcome.getResult() != expected) {
            throw new IllegalStateException("expected %s to be %s, but it is %s: %s".formatted(outcome.getCommand(),
                    expected, outcome.getResult(), outcome.getDetail()));
        }
        return new Taken(outcome.getCommand(), took);
    }

    private static String write(Topic topic) {
        return "write-" + topic.topicName();
    }

    private void process(Topic topic, byte[] key, byte[] value) {
        clock += 20;
        context.setRecordMetadata(topic.topicName(), 0, offsets.merge(topic, 1L, Long::sum) - 1);
        step.process(new Record<>(key, value, clock));
    }

    /** Time passes before the next input. */
    void pass(Duration time) {
        clock += time.toMillis();
    }

    private static Topic topic(IndexedRecord envelope) {
        return Topic.inputs().stream().filter(input -> input.schema().equals(envelope.getSchema())).findFirst()
                .orElseThrow();
    }

    private static byte[] key(IndexedRecord envelope) {
        return "%s/%s".formatted(field(envelope, "publisherId"), field(envelope, "offerId"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Object field(IndexedRecord envelope, String name) {
        return envelope.get(envelope.getSchema().getField(name).pos());
    }

    /** An input for another offer, otherwise the same. */
    byte[] readdress(Topic topic, byte[] value, OfferKey to) {
        IndexedRecord envelope = decoder.decode(topic, value);
        envelope.put(envelope.getSchema().getField("publisherId").pos(), to.publisherId());
        envelope.put(envelope.getSchema().getField("offerId").pos(), to.offerId());
        return encoder.encode(topic, envelope);
    }

    @Override
    public void close() {
        List.copyOf(stores.values()).forEach(KeyValueStore::close);
    }
}
