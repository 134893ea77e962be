package io.offerflow.bench.run;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.runtime.StreamsProperties;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.OutputKey;
import io.offerflow.topology.StartCheck;
import io.offerflow.topology.TopologySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * The one processor of the service on stores of the caller, without Kafka Streams around it: no changelog, no producer,
 * no transaction.
 */
public final class HostedProcessor {

    private static final String NOWHERE = "127.0.0.1:9";
    private static final Map<String, String> TOPICS = Topic.outputs().stream()
            .collect(Collectors.toMap(OfferTopology::sink, Topic::topicName));

    private final MockProcessorContext<OutputKey, byte[]> context;
    private final Processor<byte[], byte[], OutputKey, byte[]> processor;

    /** A store without changelog and cache. */
    public static KeyValueStore<byte[], byte[]> store(KeyValueBytesStoreSupplier supplier) {
        return Stores.keyValueStoreBuilder(supplier, Serdes.ByteArray(), Serdes.ByteArray()).withLoggingDisabled()
                .withCachingDisabled().build();
    }

    /**
     * Initialises the stores and the processor.
     *
     * @param check for the number of the last journal entry
     * @param partition of the task
     * @param wallClock in ms
     */
    public HostedProcessor(TopologySettings settings, SchemaRegistry registry, StartCheck check, int partition,
            Path folder, Collection<? extends KeyValueStore<byte[], byte[]>> stores, long wallClock) {
        context = new MockProcessorContext<>(StreamsProperties.of(ServiceConfig.of(Map.of("bootstrap.servers", NOWHERE,
                "schema.registry.url", "http://" + NOWHERE, "state.dir", folder.toString()))),
                new TaskId(0, partition), folder.toFile());
        context.setCurrentSystemTimeMs(wallClock);
        stores.forEach(store -> store.init(context.getStateStoreContext(), store));
        processor = OfferTopology.step(settings, registry, check).get();
        processor.init(context);
    }

    public void process(String topic, int partition, long offset, Record<byte[], byte[]> input, long wallClock) {
        context.setCurrentSystemTimeMs(wallClock);
        context.setRecordMetadata(topic, partition, offset);
        processor.process(input);
    }

    public void punctuate(long wallClock) {
        context.setCurrentSystemTimeMs(wallClock);
        context.scheduledPunctuators().forEach(scheduled -> scheduled.getPunctuator().punctuate(wallClock));
    }

    /** The output records since the last call, in order. */
    public List<ProducerRecord<byte[], byte[]>> drain() {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        context.forwarded().forEach(forwarded -> {
            var output = forwarded.record();
            records.add(new ProducerRecord<>(TOPICS.get(forwarded.childName().orElseThrow()), output.key().partition(),
                    output.timestamp(), output.key().bytes().orElse(null), output.value(), output.headers()));
        });
        context.resetForwards();
        return records;
    }
}
