package io.offerflow.bench.subject;

import io.offerflow.contract.Topic;
import io.offerflow.topology.OfferTopology;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.state.Stores;

/**
 * The service's topology without its rules: the same sources, sinks and, if asked for, stores, with a step in the
 * middle that does for each input what the service's footprint says, and thinks nothing.
 */
final class NullTopology {

    private static final String STEP = "do-the-same";
    private static final Map<String, String> CHANGELOG =
            Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topic.OUTPUT_MAX_BYTES));

    private NullTopology() {
    }

    static Topology build(StreamsConfig config, Path footprints, boolean stateful) {
        List<String> stores = stateful ? OfferTopology.stores() : List.of();
        Topology topology = new Topology(new TopologyConfig(config));
        for (Topic input : Topic.inputs()) {
            topology.addSource("read-" + input.topicName(), new ByteArrayDeserializer(), new ByteArrayDeserializer(),
                    input.topicName());
        }
        topology.addProcessor(STEP, () -> new NullProcessor(footprints, stores),
                Topic.inputs().stream().map(input -> "read-" + input.topicName()).toArray(String[]::new));
        for (String store : stores) {
            topology.addStateStore(Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(store),
                    Serdes.ByteArray(), Serdes.ByteArray()).withLoggingEnabled(CHANGELOG).withCachingDisabled(), STEP);
        }
        for (Topic output : Topic.outputs()) {
            topology.addSink("write-" + output.topicName(), output.topicName(), NullProcessor.KEY,
                    new ByteArraySerializer(), (topic, key, value, partitions) -> Optional.of(Set.of(key.partition())),
                    STEP);
        }
        return topology;
    }
}
