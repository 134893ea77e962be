package io.offerflow.bench.load;

import io.offerflow.avro.CommandOutcome;
import io.offerflow.bench.run.HostedProcessor;
import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroDecoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.StartCheck;
import io.offerflow.topology.TopologySettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The service's one processor for a partition and its stores, and nothing else: a command costs here what reading,
 * deciding, encoding and the stores cost, which is all that can grow with the state.
 */
public final class ProcessorHarness implements AutoCloseable {

    /** Time between two commands. */
    static final Duration STEP = Duration.ofMillis(20);
    private static final long WALL_CLOCK = Instant.parse("2026-03-02T09:00:00Z").toEpochMilli();

    private final HostedProcessor processor;
    private final int partition;
    private final Map<String, KeyValueStore<byte[], byte[]>> stores = new LinkedHashMap<>();
    private final Map<Topic, Long> offsets = new EnumMap<>(Topic.class);
    private final AvroDecoder decoder;
    private final StateCodec codec = new StateCodec();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long clock = WALL_CLOCK;

    /** On the service's own kind of stores, as one partition of one. */
    public static ProcessorHarness onDisk(Path folder, SchemaRegistry registry) {
        return new ProcessorHarness(0, 1, folder, registry, Stores::persistentKeyValueStore);
    }

    /**
     * Opens the stores.
     *
     * @param folder of the stores
     * @param storeOf gives the store of a name
     */
    public ProcessorHarness(int partition, int partitions, Path folder, SchemaRegistry registry,
            Function<String, KeyValueBytesStoreSupplier> storeOf) {
        this.partition = partition;
        decoder = new AvroDecoder(registry);
        OfferTopology.stores().forEach(name -> stores.put(name, HostedProcessor.store(storeOf.apply(name))));
        processor = new HostedProcessor(TopologySettings.defaults("benchmark", partitions), registry, StartCheck.NONE,
                partition, folder, stores.values(), WALL_CLOCK);
    }

    public KeyValueStore<byte[], byte[]> store(String name) {
        return stores.get(name);
    }

    public OfferHeader facts(OfferKey offer) {
        byte[] stored = store(OfferTopology.OFFERS).get(StateCodec.key(offer));
        return stored == null ? OfferHeader.NONE : codec.decodeHeader(stored);
    }

    /** Takes an input. */
    public void process(Topic topic, byte[] key, byte[] value) {
        clock += STEP.toMillis();
        processor.process(topic.topicName(), partition, offsets.merge(topic, 1L, Long::sum) - 1,
                new Record<>(key, value, clock), WALL_CLOCK);
    }

    /** The outputs since the last call. */
    public List<ProducerRecord<byte[], byte[]>> drain() {
        return processor.drain();
    }

    /** The one outcome among the outputs of an input. */
    public CommandOutcome outcome(List<ProducerRecord<byte[], byte[]>> outputs) {
        return (CommandOutcome) decoder.decode(Topic.COMMAND_OUTCOMES, outputs.stream().filter(output ->
                output.topic().equals(Topic.COMMAND_OUTCOMES.topicName())).findFirst().orElseThrow().value());
    }

    /** A command that was taken, and its processor time; reading the clock is some hundred ns. */
    public record TimedCommand(String kind, long nanos) {
    }

    /** Takes a command that must have the expected result. */
    public TimedCommand take(WorkloadCommand command) {
        long before = threads.getCurrentThreadCpuTime();
        process(command.topic(), command.key(), command.value());
        long took = threads.getCurrentThreadCpuTime() - before;
        CommandOutcome outcome = outcome(drain());
        if (outcome.getResult() != command.expected()) {
            throw new IllegalStateException("expected %s to be %s, but it is %s: %s".formatted(outcome.getCommand(),
                    command.expected(), outcome.getResult(), outcome.getDetail()));
        }
        return new TimedCommand(outcome.getCommand(), took);
    }

    /** Takes a command and drops the outputs. */
    public void takeOnly(WorkloadCommand command) {
        process(command.topic(), command.key(), command.value());
        drain();
    }

    /** Lets time pass until the next input. */
    public void pass(Duration time) {
        clock += time.toMillis();
    }

    @Override
    public void close() {
        stores.values().forEach(KeyValueStore::close);
    }
}
