package io.offerflow.bench.peer;

import io.offerflow.bench.step.HostedProcessor;
import io.offerflow.contract.Topic;
import io.offerflow.topology.OutputKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The transactional outbox: output records wait here until the broker has them. */
final class OutboxTable {

    private static final Topic[] TOPICS = Topic.values();

    /** A record, and its place in the order. */
    record WaitingRecord(long id, ProducerRecord<byte[], byte[]> record) {
    }

    private final Connection database;
    private final List<HostedProcessor.TopicRecord> added = new ArrayList<>();

    OutboxTable(Connection database) {
        this.database = database;
    }

    static void create(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("""
                    create table if not exists outbox (id bigint generated always as identity primary key,
                        topic smallint not null, partition int not null, key bytea, value bytea, headers bytea not null,
                        at bigint not null)
                        with (toast_tuple_target = 8160, autovacuum_vacuum_insert_threshold = 1000000);
                    alter table outbox alter column value set storage external;
                    """);
        }
    }

    void add(List<HostedProcessor.TopicRecord> outputs) {
        added.addAll(outputs);
    }

    void clear() {
        added.clear();
    }

    /** Writes what was added. */
    void flush() throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(
                "insert into outbox (topic, partition, key, value, headers, at) values (?, ?, ?, ?, ?, ?)")) {
            for (HostedProcessor.TopicRecord output : added) {
                OutputKey key = output.record().key();
                statement.setShort(1, (short) output.topic().ordinal());
                statement.setInt(2, key.partition());
                statement.setBytes(3, key.bytes().orElse(null));
                statement.setBytes(4, output.record().value());
                statement.setBytes(5, pack(output.record().headers()));
                statement.setLong(6, output.record().timestamp());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        added.clear();
    }

    /** The records after an id, in order. */
    List<WaitingRecord> after(long id, int most) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(
                "select id, topic, partition, key, value, headers, at from outbox where id > ? order by id limit ?")) {
            statement.setLong(1, id);
            statement.setInt(2, most);
            List<WaitingRecord> waiting = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    waiting.add(new WaitingRecord(found.getLong(1), new ProducerRecord<>(
                            TOPICS[found.getShort(2)].topicName(), found.getInt(3), found.getLong(7), found.getBytes(4),
                            found.getBytes(5), unpack(found.getBytes(6)))));
                }
            }
            return waiting;
        }
    }

    void deleteUpTo(long id) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement("delete from outbox where id <= ?")) {
            statement.setLong(1, id);
            statement.execute();
        }
    }

    /** Names and values, each after its length. */
    private static byte[] pack(Headers headers) {
        int size = 0;
        for (Header header : headers) {
            size += 2 + header.key().length() + 2 + header.value().length;
        }
        ByteBuffer packed = ByteBuffer.allocate(size);
        for (Header header : headers) {
            byte[] name = header.key().getBytes(StandardCharsets.US_ASCII);
            packed.putShort((short) name.length).put(name).putShort((short) header.value().length).put(header.value());
        }
        return packed.array();
    }

    private static Headers unpack(byte[] packed) {
        Headers headers = new RecordHeaders();
        ByteBuffer left = ByteBuffer.wrap(packed);
        while (left.hasRemaining()) {
            headers.add(new String(piece(left), StandardCharsets.US_ASCII), piece(left));
        }
        return headers;
    }

    private static byte[] piece(ByteBuffer from) {
        byte[] piece = new byte[from.getShort()];
        from.get(piece);
        return piece;
    }
}
