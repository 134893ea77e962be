package io.offerflow.bench.peer;

import io.offerflow.bench.result.BenchException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;

/**
 * Sends the records of the outbox in order, and deletes them in batches once the broker has them. Delivery is at least
 * once: if it dies before a deletion, it sends the same records again, and consumers recognise them by {@code ce_id}.
 */
final class Relay implements Runnable {

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

    /** Tells it that there are new records. */
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
