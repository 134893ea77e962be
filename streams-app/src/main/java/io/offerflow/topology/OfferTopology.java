package io.offerflow.topology;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology: four input topics, one processor that decides, four state stores, one sink per output topic.
 *
 * <p>Sources and sinks carry bytes: Avro is decoded and encoded inside the processor, so that an input is processed
 * with all its outputs or not at all.
 */
public final class OfferTopology {

    private static final int SMALLEST_SEGMENT = 1024 * 1024;

    private OfferTopology() {
    }

    /**
     * The topology.
     *
     * @param config of Kafka Streams, which enforces explicit names on the topology
     */
    public static Topology build(StreamsConfig config, TopologySettings settings, SchemaRegistry registry) {
        return build(config, settings, registry, StartCheck.NONE, ProcessingListener.NONE);
    }

    /** Overload that takes the check before the first decision of a task, and a listener. */
    public static Topology build(StreamsConfig config, TopologySettings settings, SchemaRegistry registry,
            StartCheck check, ProcessingListener listener) {
        RecordFaults faults = new RecordFaults();
        return build(config, stores(), () -> new OfferProcessor(settings, registry, check, listener, faults));
    }

    /** Overload that takes the processor and the names of its stores. */
    public static Topology build(StreamsConfig config, List<String> stores,
            ProcessorSupplier<byte[], byte[], OutputKey, byte[]> decide) {
        Topology topology = new Topology(new TopologyConfig(config));
        for (Topic input : Topic.inputs()) {
            topology.addSource(TopologyNames.source(input), new ByteArrayDeserializer(), new ByteArrayDeserializer(),
                    input.topicName());
        }
        topology.addProcessor(TopologyNames.DECIDE, decide, TopologyNames.sources());
        for (String store : stores) {
            topology.addStateStore(store(store), TopologyNames.DECIDE);
        }
        for (Topic output : Topic.outputs()) {
            topology.addSink(TopologyNames.sink(output), output.topicName(), KEY, new ByteArraySerializer(),
                    SAME_PARTITION,
                    TopologyNames.DECIDE);
        }
        return topology;
    }

    /** The processor alone, for callers that run it on other stores: it needs those of {@link #stores()}. */
    public static ProcessorSupplier<byte[], byte[], OutputKey, byte[]> step(TopologySettings settings,
            SchemaRegistry registry, StartCheck check) {
        return () -> new OfferProcessor(settings, registry, check, ProcessingListener.NONE, new RecordFaults());
    }

    private static final Serializer<OutputKey> KEY = (topic, key) -> key.bytes().orElse(null);

    @SuppressWarnings("removal") // Kafka 4.4 deprecates the interface's only abstract method
    private static final StreamPartitioner<OutputKey, byte[]> SAME_PARTITION =
            (topic, key, value, partitions) -> Optional.of(Set.of(key.partition()));

    /** Every entry writes its position; the cache of that store hands on only the last one before a commit. */
    public static StoreBuilder<KeyValueStore<byte[], byte[]>> store(String name) {
        StoreBuilder<KeyValueStore<byte[], byte[]>> store = Stores.keyValueStoreBuilder(
                new CheckedStores(name), Serdes.ByteArray(), Serdes.ByteArray());
        store.withLoggingEnabled(changelogSettings(name));
        return name.equals(POSITIONS) ? store.withCachingEnabled() : store.withCachingDisabled();
    }

    /**
     * Settings of the changelog of a store. That of positions has small segments: the newest segment is never
     * compacted, and a restore would read all of it for two rows.
     */
    public static Map<String, String> changelogSettings(String store) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topic.OUTPUT_MAX_BYTES)));
        if (store.equals(POSITIONS)) {
            settings.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(SMALLEST_SEGMENT));
        }
        return settings;
    }

    /** Name of the store of header rows. */
    public static final String OFFERS = TopologyNames.OFFERS;
    /** Name of the store of state rows. */
    public static final String CONTENTS = TopologyNames.CONTENTS;
    /** Name of the index of due times. */
    public static final String TIMERS = TopologyNames.TIMERS;
    /** Name of the store of the task's position. */
    public static final String POSITIONS = TopologyNames.POSITIONS;

    /** Key and value of an offer in the index of due times; empty if nothing is pending. */
    public static Optional<Map.Entry<byte[], byte[]>> timer(OfferKey offer, OfferHeader header) {
        return OfferEngine.nextDue(header).map(at -> Map.entry(Timers.key(at, offer), Timers.value(0)));
    }

    /** Name of the sink of an output topic. */
    public static String sink(Topic output) {
        return TopologyNames.sink(output);
    }

    /** Names of all stores. */
    public static List<String> stores() {
        return TopologyNames.stores();
    }
}
