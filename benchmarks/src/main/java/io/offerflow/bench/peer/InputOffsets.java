package io.offerflow.bench.peer;

import io.offerflow.bench.result.BenchException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The next offsets of the inputs, written in the transaction that takes the inputs. A batch that does not start at the
 * stored offsets fails, so that a worker that has lost its partitions cannot take an input a second time.
 */
final class InputOffsets {

    private final Connection database;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private Map<TopicPartition, Long> advanced = Map.of();

    InputOffsets(Connection database) {
        this.database = database;
    }

    static void create(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("""
                    create table if not exists offsets (topic text, partition int, next bigint not null,
                        primary key (topic, partition))""");
        }
    }

    /** Looks up the next offset of a partition. */
    long open(TopicPartition partition) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement("""
                insert into offsets (topic, partition, next) values (?, ?, 0)
                on conflict (topic, partition) do update set next = offsets.next returning next""")) {
            statement.setString(1, partition.topic());
            statement.setInt(2, partition.partition());
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                next.put(partition, found.getLong(1));
                return found.getLong(1);
            }
        }
    }

    /**
     * Writes the offsets after a batch.
     *
     * @throws BenchException if another worker has written offsets since
     */
    void advance(Map<TopicPartition, Long> to) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(
                "update offsets set next = ? where topic = ? and partition = ? and next = ?")) {
            for (Map.Entry<TopicPartition, Long> partition : to.entrySet()) {
                statement.setLong(1, partition.getValue());
                statement.setString(2, partition.getKey().topic());
                statement.setInt(3, partition.getKey().partition());
                statement.setLong(4, next.get(partition.getKey()));
                if (statement.executeUpdate() != 1) {
                    throw new BenchException("Expected to go on with %s at %d, but another worker has; this one ends."
                            .formatted(partition.getKey(), next.get(partition.getKey())));
                }
            }
        }
        advanced = to;
    }

    /** The transaction was committed. */
    void committed() {
        next.putAll(advanced);
        advanced = Map.of();
    }
}
