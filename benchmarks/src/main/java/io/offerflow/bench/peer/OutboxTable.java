package io.offerflow.bench.peer;

import io.offerflow.contract.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The transactional outbox: output records wait here until the broker has them. */
final class OutboxTable {

    static final String SCHEMA = """
            create table if not exists outbox (id bigint generated always as identity primary key,
                topic smallint not null, partition int not null, key bytea, value bytea, headers bytea not null,
                at bigint not null) with (toast_tuple_target = 8160, autovacuum_vacuum_insert_threshold = 1000000);
            alter table outbox alter column value set storage external;
            """;
    private static final Topic[] TOPICS = Topic.values();

    record WaitingRecord(long id, ProducerRecord<byte[], byte[]> record) {
    }

    private final Connection database;
    private final List<Object[]> added = new ArrayList<>();

    OutboxTable(Connection database) {
        this.database = database;
    }

    void add(List<ProducerRecord<byte[], byte[]>> outputs) {
        outputs.forEach(output -> added.add(new Object[] {(short) Topic.named(output.topic()).orElseThrow().ordinal(),
            output.partition(), output.key(), output.value(), pack(output.headers()), output.timestamp()}));
    }

    void clear() {
        added.clear();
    }

    void flush() throws SQLException {
        Sql.RUNNER.batch(database,
                "insert into outbox (topic, partition, key, value, headers, at) values (?, ?, ?, ?, ?, ?)",
                added.toArray(Object[][]::new));
        added.clear();
    }

    List<WaitingRecord> after(long id, int most) throws SQLException {
        return Sql.RUNNER.query(database, """
                select id, topic, partition, key, value, headers, at from outbox where id > ? order by id limit ?""",
                rows -> {
                    List<WaitingRecord> waiting = new ArrayList<>();
                    while (rows.next()) {
                        waiting.add(new WaitingRecord(rows.getLong(1), new ProducerRecord<>(
                                TOPICS[rows.getShort(2)].topicName(), rows.getInt(3), rows.getLong(7),
                                rows.getBytes(4), rows.getBytes(5), unpack(rows.getBytes(6)))));
                    }
                    return waiting;
                }, id, most);
    }

    void deleteUpTo(long id) throws SQLException {
        Sql.RUNNER.update(database, "delete from outbox where id <= ?", id);
    }

    /** Names and values, each after its length. */
    private static byte[] pack(Headers headers) {
        int size = 0;
        for (var header : headers) {
            size += 2 + header.key().length() + 2 + header.value().length;
        }
        ByteBuffer packed = ByteBuffer.allocate(size);
        for (var header : headers) {
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

    /**
     * Sends the records of the outbox in order, and deletes them in batches once the broker has them. Delivery is at
     * least once: if it dies before a deletion, it sends the same records again.
     */
    static final class Relay implements Callable<Void> {

        private static final int AT_ONCE = 5_000;
        private static final long INTERVAL_MS = 50;

        private final Connection database;
        private final OutboxTable outbox;
        private final Producer<byte[], byte[]> producer;
        private final Semaphore more = new Semaphore(0);
        private volatile boolean closed;

        Relay(Connection database, Producer<byte[], byte[]> producer) {
            this.database = database;
            this.outbox = new OutboxTable(database);
            this.producer = producer;
        }

        void wake() {
            more.release();
        }

        void close() {
            closed = true;
            wake();
        }

        @Override
        public Void call() throws SQLException, InterruptedException, ExecutionException {
            long sent = 0;
            while (!closed) {
                more.tryAcquire(INTERVAL_MS, TimeUnit.MILLISECONDS);
                more.drainPermits();
                sent = drain(sent);
            }
            return null;
        }

        /** Sends all records after the id of the last one that was sent before; returns the id of the last one sent. */
        long drain(long sent) throws SQLException, InterruptedException, ExecutionException {
            long last = sent;
            var waiting = outbox.after(last, AT_ONCE);
            while (!waiting.isEmpty()) {
                var answers = waiting.stream().map(one -> producer.send(one.record())).toList();
                producer.flush();
                for (var answer : answers) {
                    answer.get();
                }
                last = waiting.getLast().id();
                outbox.deleteUpTo(last);
                database.commit();
                waiting = outbox.after(last, AT_ONCE);
            }
            database.commit();
            return last;
        }
    }
}
