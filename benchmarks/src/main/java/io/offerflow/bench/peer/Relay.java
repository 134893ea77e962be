package io.offerflow.bench.peer;

import io.offerflow.bench.peer.OutboxTable.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Sends what waits in the outbox, in order, and deletes it in batches once the broker has it all.
 *
 * <p>At least once, and no better: if it dies between the broker's answer and the deletion, it sends the same records
 * again. Readers have to tell by their {@code ce_id}, and the journal's readers by the input's coordinates.
 */
final class Relay implements Runnable {

    private static final int AT_ONCE = 5_000;
    private static final long LOOK_AGAIN_MS = 50;

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

    /** There is something new in the outbox. */
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
                more.tryAcquire(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS);
                more.drainPermits();
                sent = drain(sent);
            }
        } catch (InterruptedException | SQLException | ExecutionException | RuntimeException e) {
            failure = Optional.of(e);
        }
    }

    /**
     * Looks whether it still runs.
     *
     * @throws PeerException if it does not
     */
    void check() {
        failure.ifPresent(e -> {
            throw new PeerException("the relay of the outbox has ended: " + e.getMessage(), e);
        });
    }

    /**
     * Sends everything that waits now.
     *
     * @param sent number of the newest record that was sent before
     * @return the same afterwards
     */
    long drain(long sent) throws SQLException, InterruptedException, ExecutionException {
        long last = sent;
        List<Waiting> waiting = outbox.after(last, AT_ONCE);
        while (!waiting.isEmpty()) {
            List<Future<RecordMetadata>> answers = new ArrayList<>(waiting.size());
            waiting.forEach(one -> answers.add(producer.send(one.record())));
            producer.flush();
            for (Future<RecordMetadata> answer : answers) {
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
