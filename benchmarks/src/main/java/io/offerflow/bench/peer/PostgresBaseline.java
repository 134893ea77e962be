package io.offerflow.bench.peer;

import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.RegistryClient;
import io.offerflow.contract.registry.RegistryOptions;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.topology.TopologySettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
 * The service's rules on a consumer and PostgreSQL: one thread polls and takes batches, one relays the outbox. Offsets
 * are in the database, so that each input counts once after any failure.
 */
final class PostgresBaseline {

    static final String JDBC_URL = "jdbc.url";
    /** Most inputs of one transaction. */
    static final String BATCH = "batch";

    private static final Duration POLL = Duration.ofMillis(100);

    private final SubjectConfig config;
    private final String jdbcUrl;
    private final TopologySettings settings;
    private final SchemaRegistry registry;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final MergedInput input;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private PostgresBaseline(SubjectConfig config, SchemaRegistry registry) {
        int batch = Integer.parseInt(config.more().get(BATCH));
        this.config = config;
        this.jdbcUrl = config.more().get(JDBC_URL);
        this.settings = TopologySettings.defaults("peer", config.partitions());
        this.registry = registry;
        this.consumer = new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG, config.run(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batch),
                new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.input = new MergedInput(consumer, batch);
    }

    /** A connection for a worker or a relay. */
    static Connection connect(String jdbcUrl) throws SQLException {
        Connection database = DriverManager.getConnection(jdbcUrl);
        try (Statement statement = database.createStatement()) {
            // Every query is by key; a plan for small tables must not stay in use.
            statement.execute("set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; "
                    + "set plan_cache_mode = force_generic_plan");
        }
        database.setAutoCommit(false);
        return database;
    }

    /** Runs until it is stopped. */
    private void run() throws SQLException, InterruptedException {
        try (Connection state = connect(jdbcUrl); Connection outbox = connect(jdbcUrl);
                KafkaProducer<byte[], byte[]> producer = producer()) {
            BatchWorker.createTables(state);
            Relay relay = new Relay(outbox, producer);
            Thread relaying = Thread.ofPlatform().name("relay").start(relay);
            try {
                takeBatches(new BatchWorker(state, settings, registry, config.scratch(),
                        System::currentTimeMillis), relay);
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

    private void takeBatches(BatchWorker worker, Relay relay) throws SQLException {
        consumer.subscribe(Topic.inputs().stream().map(Topic::topicName).toList(), new DatabaseOffsets(worker));
        long ticked = System.currentTimeMillis();
        boolean idle = true;
        while (!stopped.get()) {
            relay.check();
            input.add(consumer.poll(idle ? POLL : Duration.ZERO));
            List<ConsumerRecord<byte[], byte[]>> batch = input.next();
            idle = batch.isEmpty();
            long now = System.currentTimeMillis();
            if (!idle) {
                worker.take(batch);
                relay.wake();
            }
            if (now - ticked >= settings.tick().toMillis()) {
                ticked = now;
                worker.punctuate();
                relay.wake();
            }
        }
    }

    /** Starts each assigned partition at the offset in the database. */
    private final class DatabaseOffsets implements ConsumerRebalanceListener {
        private final BatchWorker worker;

        DatabaseOffsets(BatchWorker worker) {
            this.worker = worker;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            try {
                for (TopicPartition partition : partitions) {
                    consumer.seek(partition, worker.open(partition));
                    input.assigned(partition);
                }
            } catch (SQLException e) {
                throw new BenchException("cannot read offsets: " + e.getMessage(), e);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            input.revoked(partitions);
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

    /** Finishes the current batch and ends. */
    private void stop() {
        stopped.set(true);
        consumer.wakeup();
    }

    /** The peer's process. */
    public static void main(String[] arguments) throws InterruptedException {
        SubjectConfig config = SubjectConfig.of(arguments);
        try (RegistryClient registry = new RegistryClient(RegistryOptions.at(config.registryUrl()))) {
            PostgresBaseline peer = new PostgresBaseline(config, registry);
            Thread working = Thread.ofPlatform().name("worker").start(() -> {
                try {
                    peer.run();
                } catch (Exception e) {
                    if (!peer.stopped.get()) {
                        Signals.fail(e);
                        System.exit(1);
                    }
                }
            });
            Signals.readyUntilStopped();
            peer.stop();
            working.join();
        }
        System.exit(0);
    }
}
