package io.offerflow.bench.peer;

import io.offerflow.bench.peer.OutboxTable.Relay;
import io.offerflow.bench.run.SubjectConfig;
import io.offerflow.contract.Topic;
import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import io.offerflow.topology.TopologySettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;

/**
 * The service's rules on a consumer and PostgreSQL: one thread polls and takes batches, one relays the outbox. Offsets
 * are in the database, so that each input counts once after any failure.
 *
 * @param batch most inputs of one transaction
 */
record PostgresBaseline(SubjectConfig config, String jdbcUrl, int batch) implements ForkedProgram {

    private static final Duration POLL = Duration.ofMillis(100);

    /** A connection for a worker or a relay. */
    static Connection connect(String jdbcUrl) throws SQLException {
        Connection database = DriverManager.getConnection(jdbcUrl);
        // Every query is by key; a plan for small tables must not stay in use.
        Sql.RUNNER.update(database, "set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; "
                + "set plan_cache_mode = force_generic_plan");
        database.setAutoCommit(false);
        return database;
    }

    @Override
    public void run() throws InterruptedException {
        AtomicBoolean stopped = new AtomicBoolean();
        Thread worker = Thread.ofPlatform().name("worker").start(() -> {
            try {
                work(stopped);
            } catch (Exception e) {
                Signals.fail(e);
            }
        });
        Signals.readyUntilStopped(null);
        stopped.set(true);
        worker.join();
    }

    private void work(AtomicBoolean stopped) throws Exception {
        try (var registry = config.registry();
                Connection state = connect(jdbcUrl); Connection outbox = connect(jdbcUrl);
                var producer = config.producer(5, Map.of(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.OUTPUT_MAX_BYTES));
                KafkaConsumer<byte[], byte[]> consumer = config.consumer(batch)) {
            BatchWorker.createTables(state);
            Relay relay = new Relay(outbox, producer);
            try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
                Future<Void> relaying = threads.submit(relay);
                try {
                    takeBatches(consumer, new BatchWorker(state, TopologySettings.defaults("peer", config.partitions()),
                            registry, config.scratch(), System::currentTimeMillis), relay, () -> stopped.get()
                                    || relaying.isDone());
                } finally {
                    relay.close();
                }
                relaying.get(); // fails if the relay has
            }
        }
    }

    private void takeBatches(KafkaConsumer<byte[], byte[]> consumer, BatchWorker worker, Relay relay,
            BooleanSupplier stopped) throws SQLException {
        MergedInput input = new MergedInput(consumer, batch);
        consumer.assign(config.inputs());
        for (TopicPartition partition : config.inputs()) {
            consumer.seek(partition, worker.open(partition));
            input.assigned(partition);
        }
        long ticked = System.currentTimeMillis();
        boolean idle = true;
        while (!stopped.getAsBoolean()) {
            input.add(consumer.poll(idle ? POLL : Duration.ZERO));
            var next = input.next();
            idle = next.isEmpty();
            long now = System.currentTimeMillis();
            if (!idle) {
                worker.take(next);
                relay.wake();
            }
            if (now - ticked >= worker.tick().toMillis()) {
                ticked = now;
                worker.punctuate();
                relay.wake();
            }
        }
    }
}
