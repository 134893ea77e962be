package io.offerflow.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.Envelopes;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.Topic;
import io.offerflow.contract.registry.InMemoryRegistry;
import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.contract.wire.AvroEncoder;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.topology.TopologySettings;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each input counts once in the database; what follows is sent at least once. */
@Tag("postgres")
class OnceTest {

    private static final TopicPartition COMMANDS = new TopicPartition(Topic.OFFER_COMMANDS.topicName(), 0);
    private static PostgresServer postgres;

    private final SchemaRegistry registry = new InMemoryRegistry();
    private final AvroEncoder encoder = new AvroEncoder(registry, Topic.inputs());

    @BeforeAll
    static void start() {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection database = Peer.connect(postgres.url()); Statement statement = database.createStatement()) {
            Peer.createTables(database);
            statement.execute("truncate offers, rows, due, policies, outbox, offsets");
            database.commit();
        }
    }

    @Test
    void aWorkerThatWasThoughtDeadTakesNothingASecondTime() throws SQLException {
        try (Connection one = Peer.connect(postgres.url()); Connection other = Peer.connect(postgres.url())) {
            Worker dead = worker(one);
            Worker alive = worker(other);
            alive.take(List.of(created(0)));
            assertThatThrownBy(() -> dead.take(List.of(created(0)))).isInstanceOf(PeerException.class)
                    .hasMessageContaining("offer-commands-0 at 0, but another worker has");
            assertThat(count(one, "outbox where topic = " + Topic.COMMAND_OUTCOMES.ordinal())).isEqualTo(1);
        }
    }

    @Test
    void aBatchThatCannotBeWrittenLeavesNothingAndIsTakenAgain() throws SQLException {
        try (Connection database = Peer.connect(postgres.url()); Connection other = Peer.connect(postgres.url());
                Statement statement = other.createStatement()) {
            Worker worker = worker(database);
            statement.execute("alter table outbox add constraint full_up check (id < 0)");
            other.commit();
            assertThatThrownBy(() -> worker.take(List.of(created(0)))).isInstanceOf(SQLException.class);
            assertThat(count(other, "offers")).isZero();
            statement.execute("alter table outbox drop constraint full_up");
            other.commit();
            worker.take(List.of(created(0)));
            assertThat(count(other, "offers")).isEqualTo(1);
        }
    }

    @Test
    void whatIsSentIsDeletedAndWhatWasNotDeletedIsSentAgainInTheSameOrder() throws Exception {
        try (Connection database = Peer.connect(postgres.url()); Connection relays = Peer.connect(postgres.url())) {
            worker(database).take(List.of(created(0), created(1)));
            MockProducer<byte[], byte[]> broken = producer();
            Relay dies = new Relay(relays, broken);
            broken.flushException = new IllegalStateException("the power is gone");
            assertThatThrownBy(() -> dies.drain(0)).hasMessageContaining("the power is gone");
            relays.rollback();
            MockProducer<byte[], byte[]> mended = producer();
            new Relay(relays, mended).drain(0);
            assertThat(topics(mended)).isEqualTo(topics(broken)).containsExactly("offer-journal", "offer-journal",
                    "command-outcomes", "offer-status", "offer-journal", "command-outcomes");
            assertThat(count(database, "outbox")).isZero();
        }
    }

    private static List<String> topics(MockProducer<byte[], byte[]> producer) {
        return producer.history().stream().map(ProducerRecord::topic).toList();
    }

    private static MockProducer<byte[], byte[]> producer() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Worker worker(Connection database) throws SQLException {
        Worker worker = new Worker(database, new Decider(TopologySettings.defaults("test-build", 1), registry));
        worker.open(COMMANDS);
        return worker;
    }

    private SourceRecord created(long offset) {
        OfferKey offer = new OfferKey("contoso", "shift-planner");
        return new SourceRecord(COMMANDS.topic(), 0, offset, Instant.parse("2026-03-02T09:00:00Z"),
                Optional.of(offer.toString().getBytes(StandardCharsets.UTF_8)),
                Optional.of(encoder.encode(Topic.OFFER_COMMANDS, Envelopes.create(offer))), List.of(), 0);
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
