package io.offerflow.bench.peer;

import io.offerflow.bench.result.BenchException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The next offsets of the inputs, written in the transaction that takes the inputs. A batch that does not start at the
 * stored offsets fails, so that a worker that has lost its partitions cannot take an input a second time.
 */
final class InputOffsets {

    static final String SCHEMA = """
            create table if not exists offsets (topic text, partition int, next bigint not null,
                primary key (topic, partition))""";

    private final Connection database;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private Map<TopicPartition, Long> advanced = Map.of();

    InputOffsets(Connection database) {
        this.database = database;
    }

    /** Looks up the next offset of a partition. */
    long open(TopicPartition partition) throws SQLException {
        next.put(partition, Sql.query(database, """
                insert into offsets (topic, partition, next) values (?, ?, 0)
                on conflict (topic, partition) do update set next = offsets.next returning next""",
                row -> row.getLong(1), partition.topic(), partition.partition()).getFirst());
        return next.get(partition);
    }

    /**
     * Writes the offsets after a batch.
     *
     * @throws BenchException if another worker has written offsets since
     */
    void advance(Map<TopicPartition, Long> to) throws SQLException {
        for (Map.Entry<TopicPartition, Long> input : to.entrySet()) {
            TopicPartition partition = input.getKey();
            if (Sql.update(database, "update offsets set next = ? where topic = ? and partition = ? and next = ?",
                    input.getValue(), partition.topic(), partition.partition(), next.get(partition)) != 1) {
                throw new BenchException("Expected to go on with %s at %d, but another worker has; this one ends."
                        .formatted(partition, next.get(partition)));
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
