package io.offerflow.faults.crash;

import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.faults.crash.ForwardingContext.Forwarded;
import io.offerflow.faults.history.PartitionHistory;
import io.offerflow.faults.history.PartitionHistory.Sighting;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.OutputKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Bytes;

/** What a task in memory has left, as a history. */
public final class MemoryRun {

    private static final Map<String, Topic> SINKS = Topic.outputs().stream()
            .collect(Collectors.toMap(OfferTopology::sink, Function.identity()));

    private final Map<Topic, List<ConsumerRecord<byte[], byte[]>>> committed = new EnumMap<>(Topic.class);

    private MemoryRun() {
        Topic.inputs().forEach(topic -> committed.put(topic, new ArrayList<>()));
        Topic.outputs().forEach(topic -> committed.put(topic, new ArrayList<>()));
    }

    /** The history of a seed without a crash. */
    public static PartitionHistory of(long seed, int steps, SchemaRegistry registry) {
        Script script = new Script(seed, registry);
        TaskInMemory task = new TaskInMemory(registry, script.wallClock());
        MemoryRun run = new MemoryRun();
        for (int number = 0; number < steps; number++) {
            Step step = script.next();
            if (step instanceof Step.Input input) {
                run.add(input.topic(), input.record().timestamp(), input.record().key(), input.record().value(),
                        input.record().headers());
            }
            task.take(step);
            task.open().forEach(run::add);
            task.commit();
        }
        Map<String, NavigableMap<Bytes, byte[]>> stores = new HashMap<>();
        task.stores().forEach(store -> stores.put(store.name(), store.rows()));
        return new PartitionHistory(0, run.committed, run.sightings(Topic.outputs()), run.sightings(Topic.inputs()),
                stores);
    }

    private void add(Forwarded forwarded) {
        OutputKey key = (OutputKey) forwarded.record().key();
        add(SINKS.get(forwarded.sink()), forwarded.record().timestamp(), key.bytes().orElse(null),
                (byte[]) forwarded.record().value(), forwarded.record().headers());
    }

    private void add(Topic topic, long timestamp, byte[] key, byte[] value, Headers headers) {
        List<ConsumerRecord<byte[], byte[]>> records = committed.get(topic);
        records.add(new ConsumerRecord<>(topic.topicName(), 0, records.size(), timestamp, TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE, ConsumerRecord.NULL_SIZE, key, value, headers, Optional.empty()));
    }

    private Map<Topic, List<Sighting>> sightings(List<Topic> topics) {
        Map<Topic, List<Sighting>> sightings = new EnumMap<>(Topic.class);
        topics.forEach(topic -> sightings.put(topic, committed.get(topic).stream().map(Sighting::of).toList()));
        return sightings;
    }
}
