package io.offerflow.bench.peer;

import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.topology.DueTimeWatermark;
import io.offerflow.topology.TopologySettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The peer as it runs: one thread polls and takes batches, one relays the outbox. Offsets are kept in the database, with
 * what the inputs made of it, so that each input counts once whatever dies when.
 */
public final class Peer {

    /** So long records are waited for when none are there. */
    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * @param bootstrapServers of the Kafka cluster
     * @param jdbcUrl of the database
     * @param group of the consumer
     * @param batch most inputs that are taken in one transaction
     */
    public record Config(String bootstrapServers, String jdbcUrl, String group, int batch) {
    }

    private final Config config;
    private final TopologySettings settings;
    private final SchemaRegistry registry;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Arrivals arrivals;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Map<TopicPartition, Long> taken = new HashMap<>();
    private final Map<Integer, DueTimeWatermark> horizons = new TreeMap<>();

    public Peer(Config config, TopologySettings settings, SchemaRegistry registry) {
        this.config = config;
        this.settings = settings;
        this.registry = registry;
        this.consumer = new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG, config.group(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, config.batch()),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.arrivals = new Arrivals(consumer, config.batch());
    }

    /** A connection as worker and relay use it. */
    static Connection connect(String jdbcUrl) throws SQLException {
        Connection database = DriverManager.getConnection(jdbcUrl);
        try (Statement statement = database.createStatement()) {
            // Everything is found by its key; a plan made while the tables were small must not last.
            statement.execute("set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; "
                    + "set plan_cache_mode = force_generic_plan");
        }
        database.setAutoCommit(false);
        return database;
    }

    /** Makes the tables where they are not there yet. */
    static void createTables(Connection database) throws SQLException {
        Tables.create(database);
        OutboxTable.create(database);
        Offsets.create(database);
        database.commit();
    }

    /** Works until it is stopped. */
    public void run() throws SQLException, InterruptedException {
        try (Connection mine = connect(config.jdbcUrl()); Connection relays = connect(config.jdbcUrl());
                KafkaProducer<byte[], byte[]> producer = producer()) {
            createTables(mine);
            Relay relay = new Relay(relays, producer);
            Thread relaying = Thread.ofPlatform().name("relay").start(relay);
            try {
                work(new Worker(mine, new Decider(settings, registry)), relay);
            } catch (WakeupException e) {
                if (!stopped.get()) {
                    throw e;
                }
            } finally {
                relay.close();
                relaying.join();
                consumer.close();
            }
        }
    }

    private void work(Worker worker, Relay relay) throws SQLException {
        consumer.subscribe(Topic.inputs().stream().map(Topic::topicName).toList(), new Assignments(worker));
        long ticked = System.currentTimeMillis();
        List<SourceRecord> batch = List.of();
        while (!stopped.get()) {
            relay.check();
            arrivals.add(consumer.poll(batch.isEmpty() ? POLL : Duration.ZERO));
            batch = origins(arrivals.next());
            if (!batch.isEmpty()) {
                worker.take(batch);
                relay.wake();
            }
            long now = System.currentTimeMillis();
            if (now - ticked >= settings.tick().toMillis()) {
                ticked = now;
                for (Map.Entry<Integer, DueTimeWatermark> partition : horizons.entrySet()) {
                    worker.advanceDue(partition.getKey(), partition.getValue().at(now));
                }
                relay.wake();
            }
        }
    }

    private List<SourceRecord> origins(List<ConsumerRecord<byte[], byte[]>> records) {
        List<SourceRecord> batch = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            Long before = taken.put(partition, record.offset());
            batch.add(origin(record, before == null ? 0 : record.offset() - before));
            horizons.get(record.partition()).observe(Instant.ofEpochMilli(record.timestamp()), System.currentTimeMillis());
        }
        return batch;
    }

    private static SourceRecord origin(ConsumerRecord<byte[], byte[]> record, long step) {
        return new SourceRecord(record.topic(), record.partition(), record.offset(),
                Instant.ofEpochMilli(record.timestamp()), Optional.ofNullable(record.key()),
                Optional.ofNullable(record.value()), Arrays.stream(record.headers().toArray()).map(header ->
                        new SourceRecord.SourceHeader(header.key(), Optional.ofNullable(header.value()))).toList(), step);
    }

    /** Goes on where the database says. */
    private final class Assignments implements ConsumerRebalanceListener {
        private final Worker worker;

        Assignments(Worker worker) {
            this.worker = worker;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            try {
                for (TopicPartition partition : partitions) {
                    consumer.seek(partition, worker.open(partition));
                    horizons.putIfAbsent(partition.partition(),
                            new DueTimeWatermark(settings.dueGrace(), System.currentTimeMillis()));
                    arrivals.assigned(partition);
                }
            } catch (SQLException e) {
                throw new PeerException("cannot look up where to go on: " + e.getMessage(), e);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            arrivals.revoked(partitions);
            partitions.forEach(partition -> {
                taken.remove(partition);
                horizons.remove(partition.partition());
            });
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers(),
                ProducerConfig.ACKS_CONFIG, "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                ProducerConfig.LINGER_MS_CONFIG, 5,
                ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.OUTPUT_MAX_BYTES),
                new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Finishes the batch at work and ends. */
    public void stop() {
        stopped.set(true);
        consumer.wakeup();
    }
}
