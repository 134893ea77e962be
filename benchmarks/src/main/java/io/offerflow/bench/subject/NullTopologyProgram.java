package io.offerflow.bench.subject;

import io.offerflow.bench.load.Footprint;
import io.offerflow.bench.load.FootprintReader;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.contract.Topic;
import io.offerflow.runtime.StreamsProperties;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.OutputKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The service's topology without its rules: its sources, sinks and settings of Kafka Streams, its stores if it is
 * stateful, and a processor that repeats the footprint of the service.
 */
record NullTopologyProgram(SubjectConfig config, boolean stateful) implements ForkedProgram {

    @Override
    public void run() throws InterruptedException {
        var properties = StreamsProperties.of(ServiceProgram.config(config));
        List<String> stores = stateful ? OfferTopology.stores() : List.of();
        try (KafkaStreams streams = new KafkaStreams(OfferTopology.build(new StreamsConfig(properties), stores,
                () -> new NullProcessor(config.workload(), stores)), properties)) {
            streams.setUncaughtExceptionHandler(failure -> {
                Signals.fail(failure);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            ServiceProgram.start(streams, Duration.ofMinutes(1));
            Signals.readyUntilStopped(null);
            streams.close(Duration.ofSeconds(30));
        }
    }

    /** For each input, the store operations and records of the service's footprint; or the records alone. */
    private static final class NullProcessor implements Processor<byte[], byte[], OutputKey, byte[]> {

        private static final Map<String, String> SINKS = Topic.outputs().stream()
                .collect(Collectors.toMap(Topic::topicName, OfferTopology::sink));

        private final Path footprints;
        private final List<String> names;
        private final Map<TopicPartition, FootprintReader> readers = new HashMap<>();
        private List<KeyValueStore<byte[], byte[]>> stores = List.of();
        private ProcessorContext<OutputKey, byte[]> context;
        /** Uses what is read, so that the JIT compiler does not remove the reads. */
        private long sum;

        NullProcessor(Path footprints, List<String> stores) {
            this.footprints = footprints;
            this.names = stores;
        }

        @Override
        public void init(ProcessorContext<OutputKey, byte[]> initialised) {
            context = initialised;
            stores = names.stream().map(name -> initialised.<KeyValueStore<byte[], byte[]>>getStateStore(name))
                    .toList();
            readers.clear();
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            var where = context.recordMetadata().orElseThrow();
            Footprint footprint = readers.computeIfAbsent(new TopicPartition(where.topic(), where.partition()),
                    from -> new FootprintReader(footprints, from)).next(where.offset());
            sum += record.value()[record.value().length - 1];
            if (!stores.isEmpty()) {
                touch(footprint);
            }
            footprint.sent().forEach(sent -> context.forward(new Record<>(new OutputKey(where.partition(),
                    Optional.ofNullable(sent.key())), sent.value(), record.timestamp(), sent.headers()),
                    SINKS.get(sent.topic())));
        }

        private void touch(Footprint footprint) {
            for (Footprint.StoreLookup read : footprint.reads()) {
                byte[] found = stores.get(read.store()).get(read.key());
                sum += found == null ? 0 : found.length;
            }
            for (Footprint.StoreChange write : footprint.writes()) {
                KeyValueStore<byte[], byte[]> store = stores.get(write.store());
                write.value().ifPresentOrElse(value -> store.put(write.key(), value), () -> store.delete(write.key()));
            }
        }
    }
}
