package io.offerflow.bench.peer;

import io.offerflow.contract.Topic;
import io.offerflow.topology.OutputKey;
import io.offerflow.topology.OutputRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What has to be sent, written in the transaction that makes it true, and deleted once the broker has it. */
final class OutboxTable {

    private static final String SCHEMA = """
            create table if not exists outbox (id bigint generated always as identity primary key, topic smallint not null,
                partition int not null, key bytea, value bytea, headers bytea not null, at bigint not null)
                with (toast_tuple_target = 8160, autovacuum_vacuum_insert_threshold = 1000000);
            alter table outbox alter column value set storage external;
            """;
    private static final String PUT =
            "insert into outbox (topic, partition, key, value, headers, at) values (?, ?, ?, ?, ?, ?)";
    private static final String NEXT =
            "select id, topic, partition, key, value, headers, at from outbox where id > ? order by id limit ?";
    private static final Topic[] TOPICS = Topic.values();

    /** A record to be sent, and its place in the order. */
    record Waiting(long id, ProducerRecord<byte[], byte[]> record) {
    }

    private final Connection database;

    OutboxTable(Connection database) {
        this.database = database;
    }

    static void create(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(SCHEMA);
        }
    }

    void put(Collection<OutputRecord> letters) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(PUT)) {
            for (OutputRecord letter : letters) {
                OutputKey key = letter.record().key();
                statement.setShort(1, (short) letter.topic().ordinal());
                statement.setInt(2, key.partition());
                statement.setBytes(3, key.bytes().orElse(null));
                statement.setBytes(4, letter.record().value());
                statement.setBytes(5, pack(letter.record().headers()));
                statement.setLong(6, letter.record().timestamp());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** What waits behind one, in order, at most so much. */
    List<Waiting> after(long id, int most) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(NEXT)) {
            statement.setLong(1, id);
            statement.setInt(2, most);
            List<Waiting> waiting = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    waiting.add(new Waiting(found.getLong(1), new ProducerRecord<>(
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

    /** Names and values, each behind its length. */
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
            String name = new String(piece(left), StandardCharsets.US_ASCII);
            headers.add(name, piece(left));
        }
        return headers;
    }

    private static byte[] piece(ByteBuffer from) {
        byte[] piece = new byte[from.getShort()];
        from.get(piece);
        return piece;
    }
}
