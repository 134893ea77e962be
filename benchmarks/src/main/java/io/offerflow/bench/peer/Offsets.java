package io.offerflow.bench.peer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the inputs are taken, in the transaction that took them. A batch goes on from where it believes to be, or not
 * at all: so a worker that was thought dead cannot take an input a second time.
 */
final class Offsets {

    private static final String SCHEMA = """
            create table if not exists offsets (topic text, partition int, next bigint not null,
                primary key (topic, partition))""";
    private static final String BEGIN =
            "insert into offsets (topic, partition, next) values (?, ?, 0) on conflict do nothing";
    private static final String ADVANCE =
            "update offsets set next = ? where topic = ? and partition = ? and next = ?";

    private final Connection database;
    private final Map<TopicPartition, Long> next = new HashMap<>();

    Offsets(Connection database) {
        this.database = database;
    }

    static void create(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(SCHEMA);
        }
    }

    /** Where a partition goes on, looked up anew. */
    long open(TopicPartition partition) throws SQLException {
        try (PreparedStatement begin = database.prepareStatement(BEGIN);
                PreparedStatement read = database.prepareStatement(
                        "select next from offsets where topic = ? and partition = ?")) {
            begin.setString(1, partition.topic());
            begin.setInt(2, partition.partition());
            begin.execute();
            read.setString(1, partition.topic());
            read.setInt(2, partition.partition());
            try (ResultSet found = read.executeQuery()) {
                found.next();
                next.put(partition, found.getLong(1));
                return found.getLong(1);
            }
        }
    }

    /**
     * Writes down how far a batch goes.
     *
     * @throws PeerException if somebody else has gone on from where this one was
     */
    void advance(Map<TopicPartition, Long> to) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(ADVANCE)) {
            for (Map.Entry<TopicPartition, Long> partition : to.entrySet()) {
                statement.setLong(1, partition.getValue());
                statement.setString(2, partition.getKey().topic());
                statement.setInt(3, partition.getKey().partition());
                statement.setLong(4, next.get(partition.getKey()));
                if (statement.executeUpdate() != 1) {
                    throw new PeerException("Expected to go on with %s at %d, but another worker has; this one ends."
                            .formatted(partition.getKey(), next.get(partition.getKey())));
                }
            }
        }
    }

    /** The transaction was committed. */
    void advanced(Map<TopicPartition, Long> to) {
        next.putAll(to);
    }
}
