package io.offerflow.bench.subject;

import io.offerflow.bench.footprint.Footprint;
import io.offerflow.bench.footprint.FootprintReader;
import io.offerflow.contract.Topic;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;

/** For each input, the store operations and records of the service; without stores, the records alone. */
final class NullProcessor implements Processor<byte[], byte[], NullProcessor.Key, byte[]> {

    /** A key with the partition that its record goes to. */
    record Key(int partition, byte[] bytes) {
    }

    static final Serializer<Key> KEY = (topic, key) -> key.bytes();

    private static final String[] SINKS =
            Arrays.stream(Topic.values()).map(topic -> "write-" + topic.topicName()).toArray(String[]::new);

    private final Path footprints;
    private final List<String> names;
    private final Map<Topic, FootprintReader> readers = new EnumMap<>(Topic.class);
    private final Map<String, Topic> topics = new HashMap<>();
    private List<KeyValueStore<byte[], byte[]>> stores = List.of();
    private ProcessorContext<Key, byte[]> context;
    /** Keeps what was read from being thrown away unread. */
    private long sum;

    NullProcessor(Path footprints, List<String> stores) {
        this.footprints = footprints;
        this.names = stores;
        Topic.inputs().forEach(topic -> topics.put(topic.topicName(), topic));
    }

    @Override
    public void init(ProcessorContext<Key, byte[]> initialised) {
        context = initialised;
        stores = names.stream().map(name -> initialised.<KeyValueStore<byte[], byte[]>>getStateStore(name)).toList();
        readers.clear();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata where = context.recordMetadata().orElseThrow();
        Footprint footprint = readers.computeIfAbsent(topics.get(where.topic()), topic ->
                new FootprintReader(footprints, topic, where.partition())).next(where.offset());
        sum += record.value()[record.value().length - 1];
        if (!stores.isEmpty()) {
            touch(footprint);
        }
        for (Footprint.Letter letter : footprint.letters()) {
            Headers headers = new RecordHeaders();
            letter.headers().forEach(header -> headers.add(header.name(), header.value()));
            context.forward(new Record<>(new Key(where.partition(), letter.key().orElseThrow()),
                    letter.value().orElse(null), record.timestamp(), headers), SINKS[letter.topic().ordinal()]);
        }
    }

    private void touch(Footprint footprint) {
        for (Footprint.Read read : footprint.reads()) {
            byte[] found = stores.get(read.store()).get(read.key());
            sum += found == null ? 0 : found.length;
        }
        for (Footprint.Write write : footprint.writes()) {
            KeyValueStore<byte[], byte[]> store = stores.get(write.store());
            write.value().ifPresentOrElse(value -> store.put(write.key(), value), () -> store.delete(write.key()));
        }
    }
}
