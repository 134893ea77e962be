package io.offerflow.bench.scale;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.avro.Result;
import io.offerflow.bench.load.Workload;
import io.offerflow.bench.load.WorkloadCommand;
import io.offerflow.bench.run.HostedProcessor;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.StartCheck;
import io.offerflow.topology.TopologySettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The service's one processor on the service's own stores, and nothing else: a command costs here what reading,
 * deciding, encoding and the stores cost, which is all that can grow with the state.
 */
final class ProcessorHarness implements AutoCloseable {

    private static final long WALL_CLOCK = 1_772_442_000_000L;
    private static final int STEP_MS = 20;

    private final HostedProcessor processor;
    private final Map<String, KeyValueStore<byte[], byte[]>> stores = new LinkedHashMap<>();
    private final Map<Topic, Long> offsets = new EnumMap<>(Topic.class);
    private final AvroEncoder encoder;
    private final AvroDecoder decoder;
    private final StateCodec codec = new StateCodec();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long clock = WALL_CLOCK;

    /**
     * @param folder of the stores
     * @param factsInMemory whether the store of facts is in memory, for comparison
     */
    ProcessorHarness(Path folder, SchemaRegistry registry, boolean factsInMemory) {
        encoder = new AvroEncoder(registry, Topic.inputs());
        decoder = new AvroDecoder(registry);
        for (String name : OfferTopology.stores()) {
            stores.put(name, Stores.keyValueStoreBuilder(factsInMemory && name.equals(OfferTopology.OFFERS)
                    ? Stores.inMemoryKeyValueStore(name) : Stores.persistentKeyValueStore(name), Serdes.ByteArray(),
                    Serdes.ByteArray()).withLoggingDisabled().withCachingDisabled().build());
        }
        processor = new HostedProcessor(TopologySettings.defaults("benchmark", 1), registry, StartCheck.NONE, 0,
                folder, stores.values(), WALL_CLOCK);
    }

    KeyValueStore<byte[], byte[]> store(String name) {
        return stores.get(name);
    }

    OfferHeader facts(OfferKey offer) {
        byte[] stored = store(OfferTopology.OFFERS).get(StateCodec.key(offer));
        return stored == null ? OfferHeader.NONE : codec.decodeHeader(stored);
    }

    /** Takes an envelope that must be accepted; returns the processor time that it took, in ns. */
    long take(IndexedRecord envelope) {
        return take(envelope, Result.ACCEPTED);
    }

    /** Takes an envelope that must have this result. */
    long take(IndexedRecord envelope, Result expected) {
        Topic topic = Workload.inputTopic(envelope);
        byte[] key = "%s/%s".formatted(envelope.get(field(envelope, "publisherId")),
                envelope.get(field(envelope, "offerId"))).getBytes(StandardCharsets.UTF_8);
        return take(new WorkloadCommand(0, topic, key, encoder.encode(topic, envelope), expected)).nanos();
    }

    /** A command that was taken, and its processor time; reading the clock is some hundred ns. */
    record TimedCommand(String kind, long nanos) {
    }

    /** Takes a command that must have the expected result. */
    TimedCommand take(WorkloadCommand command) {
        long before = threads.getCurrentThreadCpuTime();
        process(command);
        long took = threads.getCurrentThreadCpuTime() - before;
        CommandOutcome outcome = (CommandOutcome) decoder.decode(Topic.COMMAND_OUTCOMES,
                processor.drain().stream().filter(output -> output.topic() == Topic.COMMAND_OUTCOMES).findFirst()
                        .orElseThrow().record().value());
        if (outcome.getResult() != command.expected()) {
            throw new IllegalStateException("expected %s to be %s, but it is %s: %s".formatted(outcome.getCommand(),
                    command.expected(), outcome.getResult(), outcome.getDetail()));
        }
        return new TimedCommand(outcome.getCommand(), took);
    }

    /** Takes a command and drops the outputs. */
    void takeOnly(WorkloadCommand command) {
        process(command);
        processor.drain();
    }

    private void process(WorkloadCommand command) {
        clock += STEP_MS;
        processor.process(command.topic().topicName(), 0, offsets.merge(command.topic(), 1L, Long::sum) - 1,
                new Record<>(command.key(), command.value(), clock), WALL_CLOCK);
    }

    void pass(Duration time) {
        clock += time.toMillis();
    }

    private static int field(IndexedRecord envelope, String name) {
        return envelope.getSchema().getField(name).pos();
    }

    /** The same command for another offer. */
    WorkloadCommand readdress(WorkloadCommand command, OfferKey to) {
        IndexedRecord envelope = decoder.decode(command.topic(), command.value());
        envelope.put(field(envelope, "publisherId"), to.publisherId());
        envelope.put(field(envelope, "offerId"), to.offerId());
        return new WorkloadCommand(0, command.topic(), StateCodec.key(to), encoder.encode(command.topic(), envelope),
                command.expected());
    }

    @Override
    public void close() {
        stores.values().forEach(KeyValueStore::close);
    }
}
