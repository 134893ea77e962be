package io.offerflow.bench.scale;

import io.offerflow.bench.result.Figure;
import io.offerflow.bench.run.CpuMeter;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.bench.subject.ServiceProgram;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.runtime.StreamsProperties;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.TopologySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * Writes changelogs like those of the service, and then starts the service's topology on a broker: first with an empty
 * disk, then with all stores on disk.
 */
record RestoreProgram(SubjectConfig config, int offers) implements ForkedProgram {

    /** Signals around the start with an empty disk, between which the parent measures processor time. */
    static final String RESTORING = "restoring";
    static final String RESTORED = "restored";

    @Override
    public void run() throws InterruptedException, ExecutionException {
        try (var registry = config.registry()) {
            fill(new OfferTemplates(registry, config.scratch()));
            RestoreMeter meter = new RestoreMeter();
            Signals.say(RESTORING);
            double empty = start(registry, meter);
            Signals.say(RESTORED);
            Map<String, Double> values = Figure.named("records", meter.restored.get(), "records/s", meter.rate(),
                    "start with an empty disk s", empty, "start with the stores there s", start(registry, meter));
            values.putAll(CpuMeter.memory());
            values.put("stores MiB", CpuMeter.sizeMiB(config.scratch().resolve("state")));
            Signals.say(ScaleProgram.FIGURES, List.of(ScaleCurve.RESTORE.figure(offers, values)));
        }
    }

    private void fill(OfferTemplates templates) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers()))) {
            admin.createTopics(OfferTopology.stores().stream().map(store -> new NewTopic(changelog(store),
                    config.partitions(), (short) 1).configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG,
                            TopicConfig.CLEANUP_POLICY_COMPACT))).toList()).all().get();
        }
        try (var producer = config.producer(50, Map.of(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024))) {
            templates.fill(offers, (store, offer, key, value) -> producer.send(new ProducerRecord<>(changelog(store),
                    Utils.toPositive(Utils.murmur2(offer)) % config.partitions(), key, value)));
            producer.flush();
        }
    }

    private String changelog(String store) {
        return config.run() + "-" + store + "-changelog";
    }

    /** Starts, waits until it runs, and closes; returns the seconds until it ran. */
    private double start(SchemaRegistry registry, RestoreMeter meter) throws InterruptedException {
        var properties = StreamsProperties.of(ServiceProgram.config(config));
        try (KafkaStreams streams = new KafkaStreams(OfferTopology.build(new StreamsConfig(properties),
                TopologySettings.defaults("benchmark", config.partitions()), registry), properties)) {
            streams.setGlobalStateRestoreListener(meter);
            double seconds = ServiceProgram.start(streams, Duration.ofMinutes(20));
            streams.close(Duration.ofSeconds(60));
            return seconds;
        }
    }

    /** Counts restored records from the first to the last batch. */
    private static final class RestoreMeter implements StateRestoreListener {

        private final AtomicLong restored = new AtomicLong();
        private final AtomicLong begun = new AtomicLong();
        private final AtomicLong ended = new AtomicLong();

        double rate() {
            return restored.get() * 1e9 / Math.max(1, ended.get() - begun.get());
        }

        @Override
        public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
            begun.compareAndSet(0, System.nanoTime());
        }

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long upTo, long records) {
            restored.addAndGet(records);
        }

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long total) {
            ended.set(System.nanoTime());
        }
    }
}
