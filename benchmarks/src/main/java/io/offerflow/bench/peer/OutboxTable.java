package io.offerflow.bench.peer;

import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.run.HostedProcessor;
import io.offerflow.contract.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    void add(List<HostedProcessor.TopicRecord> outputs) {
        outputs.forEach(output -> added.add(new Object[] {(short) output.topic().ordinal(),
            output.record().key().partition(), output.record().key().bytes().orElse(null), output.record().value(),
            pack(output.record().headers()), output.record().timestamp()}));
    }

    void clear() {
        added.clear();
    }

    void flush() throws SQLException {
        Sql.updateAll(database,
                "insert into outbox (topic, partition, key, value, headers, at) values (?, ?, ?, ?, ?, ?)", added);
        added.clear();
    }

    List<WaitingRecord> after(long id, int most) throws SQLException {
        return Sql.query(database, """
                select id, topic, partition, key, value, headers, at from outbox where id > ? order by id limit ?""",
                row -> new WaitingRecord(row.getLong(1), new ProducerRecord<>(TOPICS[row.getShort(2)].topicName(),
                        row.getInt(3), row.getLong(7), row.getBytes(4), row.getBytes(5), unpack(row.getBytes(6)))),
                id, most);
    }

    void deleteUpTo(long id) throws SQLException {
        Sql.update(database, "delete from outbox where id <= ?", id);
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
    static final class Relay implements Runnable {

        private static final int AT_ONCE = 5_000;
        private static final long INTERVAL_MS = 50;

        private final Connection database;
        private final OutboxTable outbox;
        private final Producer<byte[], byte[]> producer;
        private final Semaphore more = new Semaphore(0);
        private volatile boolean closed;
        private volatile Optional<Exception> failure = Optional.empty();

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
        public void run() {
            try {
                long sent = 0;
                while (!closed) {
                    more.tryAcquire(INTERVAL_MS, TimeUnit.MILLISECONDS);
                    more.drainPermits();
                    sent = drain(sent);
                }
            } catch (InterruptedException | SQLException | ExecutionException | RuntimeException e) {
                failure = Optional.of(e);
            }
        }

        /** Checks that it still runs; fails if it does not. */
        void check() {
            failure.ifPresent(e -> {
                throw new BenchException("the relay of the outbox has ended: " + e.getMessage(), e);
            });
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
