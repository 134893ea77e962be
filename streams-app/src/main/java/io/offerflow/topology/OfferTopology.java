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
 * The whole picture: four input topics, one step that decides, three stores, one sink an output.
 *
 * <p>Bytes in, bytes out: reading and writing Avro happens inside the one step, so that an input is either taken with
 * everything that follows from it or not at all.
 */
public final class OfferTopology {

    private static final Map<String, String> CHANGELOG =
            Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topic.OUTPUT_MAX_BYTES));

    private OfferTopology() {
    }

    /**
     * The topology.
     *
     * @param config of Kafka Streams; naming is only enforced on a topology that is made with it
     */
    public static Topology build(StreamsConfig config, TopologySettings settings, SchemaRegistry registry) {
        return build(config, settings, registry, ProcessingListener.NONE);
    }

    /** The same with somebody who looks on. */
    public static Topology build(StreamsConfig config, TopologySettings settings, SchemaRegistry registry,
            ProcessingListener listener) {
        return build(config, () -> new OfferProcessor(settings, registry, listener));
    }

    /** The same around a step that is given. */
    static Topology build(StreamsConfig config, ProcessorSupplier<byte[], byte[], OutputKey, byte[]> decide) {
        Topology topology = new Topology(new TopologyConfig(config));
        for (Topic input : Topic.inputs()) {
            topology.addSource(TopologyNames.source(input), new ByteArrayDeserializer(), new ByteArrayDeserializer(),
                    input.topicName());
        }
        topology.addProcessor(TopologyNames.DECIDE, decide, TopologyNames.sources());
        for (String store : TopologyNames.stores()) {
            topology.addStateStore(store(store), TopologyNames.DECIDE);
        }
        for (Topic output : Topic.outputs()) {
            topology.addSink(TopologyNames.sink(output), output.topicName(), KEY, new ByteArraySerializer(), SAME_PARTITION,
                    TopologyNames.DECIDE);
        }
        return topology;
    }

    /** The one step by itself, for those who host it on stores of their own: all it needs besides is {@link #stores()}. */
    public static ProcessorSupplier<byte[], byte[], OutputKey, byte[]> step(TopologySettings settings,
            SchemaRegistry registry) {
        return () -> new OfferProcessor(settings, registry, ProcessingListener.NONE);
    }

    private static final Serializer<OutputKey> KEY = (topic, key) -> key.bytes().orElse(null);

    private static final StreamPartitioner<OutputKey, byte[]> SAME_PARTITION =
            (topic, key, value, partitions) -> Optional.of(Set.of(key.partition()));

    private static StoreBuilder<KeyValueStore<byte[], byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.ByteArray(),
                Serdes.ByteArray()).withLoggingEnabled(CHANGELOG).withCachingDisabled();
    }

    /** Name of the store of offers' facts. */
    public static final String OFFERS = TopologyNames.OFFERS;
    /** Name of the store of rows. */
    public static final String CONTENTS = TopologyNames.CONTENTS;
    /** Name of the index of due times. */
    public static final String TIMERS = TopologyNames.TIMERS;

    /** What the index of due times has to hold for an offer, key and value, if something is due for it. */
    public static Optional<Map.Entry<byte[], byte[]>> timer(OfferKey offer, OfferHeader header) {
        return OfferEngine.nextDue(header).map(at -> Map.entry(Timers.key(at, offer), Timers.value(0)));
    }

    /** The stores' names, for those who look into them. */
    public static List<String> stores() {
        return TopologyNames.stores();
    }
}
