package io.offerflow.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.Envelopes;
import io.offerflow.bench.peer.OutboxTable.Relay;
import io.offerflow.bench.result.BenchException;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.topology.TopologySettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each input counts once in the database; its records are sent at least once. */
@Tag("postgres")
class OnceTest {

    private static final TopicPartition COMMANDS = new TopicPartition(Topic.OFFER_COMMANDS.topicName(), 0);
    private static final long NOW = Instant.parse("2026-03-02T09:00:00Z").toEpochMilli();
    private static PostgresServer postgres;

    @TempDir
    private Path folder;
    private final SchemaRegistry registry = new InMemoryRegistry();
    private final AvroEncoder encoder = new AvroEncoder(registry, Topic.inputs());

    @BeforeAll
    static void start() {
        postgres = new PostgresServer();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection database = connect(); Statement statement = database.createStatement()) {
            BatchWorker.createTables(database);
            statement.execute("truncate offers, contents, timers, outbox, offsets");
            database.commit();
        }
    }

    @Test
    void workerThatLostItsPartitionTakesNothingASecondTime() throws SQLException {
        try (Connection one = connect(); Connection other = connect()) {
            BatchWorker dead = worker(one);
            BatchWorker alive = worker(other);
            alive.take(List.of(created(0)));
            assertThatThrownBy(() -> dead.take(List.of(created(0)))).isInstanceOf(BenchException.class)
                    .hasMessageContaining("offer-commands-0 at 0, but another worker has");
            assertThat(count(one, "outbox where topic = " + Topic.COMMAND_OUTCOMES.ordinal())).isEqualTo(1);
        }
    }

    @Test
    void batchThatCannotBeWrittenLeavesNothingAndIsTakenAgain() throws SQLException {
        try (Connection database = connect(); Connection other = connect();
                Statement statement = other.createStatement()) {
            BatchWorker worker = worker(database);
            statement.execute("alter table outbox add constraint full_up check (id < 0)");
            other.commit();
            assertThatThrownBy(() -> worker.take(List.of(created(0)))).isInstanceOf(SQLException.class);
            assertThat(count(other, "offers")).isZero();
            statement.execute("alter table outbox drop constraint full_up");
            other.commit();
            worker.take(List.of(created(0)));
            assertThat(count(other, "offers")).isEqualTo(1);
            assertThat(count(other, "outbox where topic = " + Topic.OFFER_JOURNAL.ordinal()))
                    .as("the policy and the command").isEqualTo(2);
        }
    }

    @Test
    void recordsAreDeletedOnceSentAndSentAgainInOrderOtherwise() throws Exception {
        try (Connection database = connect(); Connection relays = connect()) {
            worker(database).take(List.of(created(0), created(1)));
            MockProducer<byte[], byte[]> broken = producer();
            Relay dies = new Relay(relays, broken);
            broken.flushException = new IllegalStateException("the power is gone");
            assertThatThrownBy(() -> dies.drain(0)).hasMessageContaining("the power is gone");
            relays.rollback();
            MockProducer<byte[], byte[]> repaired = producer();
            new Relay(relays, repaired).drain(0);
            assertThat(topics(repaired)).isEqualTo(topics(broken)).containsExactly("offer-journal", "offer-journal",
                    "command-outcomes", "offer-status", "offer-journal", "command-outcomes");
            assertThat(count(database, "outbox")).isZero();
        }
    }

    private static Connection connect() throws SQLException {
        return PostgresBaseline.connect(postgres.url());
    }

    private static List<String> topics(MockProducer<byte[], byte[]> producer) {
        return producer.history().stream().map(ProducerRecord::topic).toList();
    }

    private static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private BatchWorker worker(Connection database) throws SQLException {
        BatchWorker worker = new BatchWorker(database, TopologySettings.defaults("test-build", 1), registry, folder,
                () -> NOW);
        worker.open(COMMANDS);
        return worker;
    }

    private ConsumerRecord<byte[], byte[]> created(long offset) {
        OfferKey offer = new OfferKey("contoso", "shift-planner");
        return ServiceUnderTest.record(Topic.OFFER_COMMANDS, offset, NOW, offer,
                encoder.encode(Topic.OFFER_COMMANDS, Envelopes.create(offer)));
    }

    private static long count(Connection database, String what) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery("select count(*) from " + what)) {
            found.next();
            return found.getLong(1);
        } finally {
            database.commit();
        }
    }
}
