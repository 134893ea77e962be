package io.offerflow.fuzz;

import io.offerflow.codec.StateCodec;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.runtime.StreamsProperties;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.OutputKey;
import io.offerflow.topology.StartCheck;
import io.offerflow.topology.TopologySettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** The processor of the service with stores in memory: bytes in, bytes out, without a broker and without threads. */
final class FuzzedTask {

    static final int PARTITIONS = 2;

    private static final String NOWHERE = "127.0.0.1:9";
    private static final Map<String, Topic> SINKS = Topic.outputs().stream()
            .collect(Collectors.toMap(topic -> "write-" + topic.topicName(), topic -> topic));

    /** A record that the processor wrote. */
    record Written(Topic topic, Record<? extends OutputKey, ? extends byte[]> record) {
    }

    private final MockProcessorContext<OutputKey, byte[]> context;
    private final Processor<byte[], byte[], OutputKey, byte[]> processor;
    private final Map<String, KeyValueStore<byte[], byte[]>> stores;
    private final Map<Topic, Long> offsets = new EnumMap<>(Topic.class);
    private final StateCodec codec = new StateCodec();

    FuzzedTask(SchemaRegistry registry, Instant now) {
        Path nowhere = Path.of(System.getProperty("java.io.tmpdir"));
        context = new MockProcessorContext<>(StreamsProperties.of(ServiceConfig.of(Map.of("bootstrap.servers", NOWHERE,
                "schema.registry.url", "http://" + NOWHERE, "state.dir", nowhere.toString()))), new TaskId(0, 0),
                nowhere.toFile());
        context.setCurrentSystemTimeMs(now.toEpochMilli());
        stores = OfferTopology.stores().stream().collect(Collectors.toMap(Function.identity(), FuzzedTask::store));
        stores.values().forEach(store -> store.init(context.getStateStoreContext(), store));
        processor = OfferTopology.step(TopologySettings.defaults("fuzz", PARTITIONS), registry, StartCheck.NONE)
                .get();
        processor.init(context);
    }

    private static KeyValueStore<byte[], byte[]> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
                .withLoggingDisabled().withCachingDisabled().build();
    }

    /** Takes an input; returns what was written for it. */
    List<Written> take(FuzzedInput input) {
        context.setRecordMetadata(input.topic().topicName(), 0, offsets.merge(input.topic(), 1L, Long::sum) - 1);
        processor.process(new Record<>(input.key(), input.value(), input.appendedAt().toEpochMilli(),
                input.headers()));
        return written();
    }

    /** The wall clock reaches a time; returns what was written for what fell due. */
    List<Written> pass(Instant now) {
        context.setCurrentSystemTimeMs(now.toEpochMilli());
        context.scheduledPunctuators().forEach(scheduled ->
                scheduled.getPunctuator().punctuate(now.toEpochMilli()));
        return written();
    }

    private List<Written> written() {
        List<Written> written = context.forwarded().stream().map(forwarded ->
                new Written(SINKS.get(forwarded.childName().orElseThrow()), forwarded.record())).toList();
        context.resetForwards();
        return written;
    }

    /** The stored header row of an offer. */
    OfferHeader header(OfferKey offer) {
        byte[] stored = stores.get(OfferTopology.OFFERS).get(StateCodec.key(offer));
        return stored == null ? OfferHeader.NONE : codec.decodeHeader(stored);
    }

    /** The rows of a store. */
    <T> SortedMap<T, T> rows(String name, Function<byte[], T> as) {
        SortedMap<T, T> rows = new TreeMap<>();
        try (var all = stores.get(name).all()) {
            all.forEachRemaining(row -> rows.put(as.apply(row.key), as.apply(row.value)));
        }
        return rows;
    }
}
