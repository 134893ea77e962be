package io.offerflow.bench.scale;

import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.Site;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.runtime.ServiceConfig;
import io.offerflow.runtime.StreamsProperties;
import io.offerflow.topology.OfferTopology;
import io.offerflow.topology.TopologySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * Main class of a process that writes changelogs as the service would have left them, and then starts the service's
 * topology on a broker: once with nothing on disk, once with everything there.
 */
final class RestoreProcess {

    /** What is said around the start with nothing on disk, so that processor time can be taken there. */
    static final String RESTORING = "restoring";
    static final String RESTORED = "restored";

    private static final String APPLICATION = "scale";

    private final Site site;
    private final int offers;
    private final Path folder;
    private final AtomicLong restored = new AtomicLong();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();

    private RestoreProcess(Site site, int offers) {
        this.site = site;
        this.offers = offers;
        this.folder = site.scratch();
    }

    public static void main(String[] arguments) {
        try {
            RestoreProcess process = new RestoreProcess(Site.of(arguments),
                    Integer.parseInt(Site.settings(arguments).get("size")));
            ScaleProcess.report(process.folder, List.of(Curve.RESTORE.figure(process.offers,
                    process.measure())));
        } catch (RuntimeException | InterruptedException | ExecutionException e) {
            e.printStackTrace(); // into the log that the harness names
            Signals.say(Signals.FAILED, e);
        }
        System.exit(0);
    }

    private Map<String, Double> measure() throws InterruptedException, ExecutionException {
        Map<String, Double> values = new LinkedHashMap<>();
        try (RegistryClient registry = new RegistryClient(RegistryOptions.at(site.registryUrl()))) {
            fill(Templates.make(registry, folder));
            Signals.say(RESTORING);
            double seconds = start(registry);
            Signals.say(RESTORED);
            values.put("records", (double) restored.get());
            values.put("records/s", Meter.round(restored.get() * 1e9 / Math.max(1, ended.get() - begun.get())));
            values.put("start with an empty disk s", seconds);
            values.put("start with the stores there s", start(registry));
            values.putAll(Meter.memory());
            values.put("stores MiB", Meter.sizeMiB(folder.resolve("state")));
        }
        return values;
    }

    private void fill(Templates templates) throws InterruptedException, ExecutionException {
        Map<String, Object> connection = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers());
        try (Admin admin = Admin.create(connection)) {
            admin.createTopics(OfferTopology.stores().stream().map(store -> new NewTopic(changelog(store),
                    site.partitions(), (short) 1).configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG,
                            TopicConfig.CLEANUP_POLICY_COMPACT))).toList()).all().get();
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4", ProducerConfig.LINGER_MS_CONFIG, 50,
                ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024), new ByteArraySerializer(), new ByteArraySerializer())) {
            templates.fill(offers, (store, offer, key, value) -> producer.send(new ProducerRecord<>(changelog(store),
                    Utils.toPositive(Utils.murmur2(offer)) % site.partitions(), key, value)));
            producer.flush();
        }
    }

    private static String changelog(String store) {
        return APPLICATION + "-" + store + "-changelog";
    }

    /** Starts, waits until it works, and ends; returns the seconds it took to work. */
    private double start(SchemaRegistry registry) throws InterruptedException {
        Properties properties = StreamsProperties.of(ServiceConfig.of(Map.of("bootstrap.servers",
                site.bootstrapServers(), "schema.registry.url", site.registryUrl(), "application.id", APPLICATION,
                "group.instance.id", "one", "state.dir", folder.resolve("state").toString())));
        CountDownLatch running = new CountDownLatch(1);
        try (KafkaStreams streams = new KafkaStreams(OfferTopology.build(new StreamsConfig(properties),
                TopologySettings.defaults("benchmark", site.partitions()), registry), properties)) {
            streams.setGlobalStateRestoreListener(new Listener());
            streams.setStateListener((now, before) -> {
                if (now == KafkaStreams.State.RUNNING) {
                    running.countDown();
                }
            });
            long from = System.nanoTime();
            streams.start();
            if (!running.await(20, TimeUnit.MINUTES)) {
                throw new IllegalStateException("it did not work within 20 minutes");
            }
            double seconds = Meter.round((System.nanoTime() - from) / 1e9);
            streams.close(Duration.ofSeconds(60));
            return seconds;
        }
    }

    private final class Listener implements StateRestoreListener {
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

    /** Arguments of the site for a broker. */
    static List<String> arguments(Site site, int offers) {
        List<String> arguments = site.arguments();
        arguments.add("size=" + offers);
        return arguments;
    }
}
