package io.offerflow.bench.peer;

import io.offerflow.bench.run.Child;
import io.offerflow.bench.run.JvmSubject;
import io.offerflow.bench.run.Signals;
import io.offerflow.bench.run.Site;
import io.offerflow.bench.run.Subject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The peer as the harness sees it: a JVM with the heap of every subject, and a PostgreSQL of its own for each run.
 *
 * @param batch most inputs that are taken in one transaction
 */
public record PeerSubject(int batch) implements Subject {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Override
    public String name() {
        return "peer";
    }

    @Override
    public Running start(Site site) throws InterruptedException {
        PostgresServer postgres = PostgresServer.start();
        try {
            List<String> arguments = site.arguments();
            arguments.add(PeerProcess.JDBC_URL + "=" + postgres.url());
            arguments.add(PeerProcess.BATCH + "=" + batch);
            Child child = Child.fork(name(), PeerProcess.class, site.scratch(), JvmSubject.HEAP, arguments);
            try {
                child.await(Signals.READY, PATIENCE);
            } catch (RuntimeException | InterruptedException e) {
                child.kill();
                throw e;
            }
            return new Both(child, postgres, new AtomicBoolean());
        } catch (RuntimeException | InterruptedException e) {
            postgres.close();
            throw e;
        }
    }

    private record Both(Child child, PostgresServer postgres, AtomicBoolean closed) implements Running {

        /** The database's work is the peer's work. */
        @Override
        public Duration cpu() {
            return child.cpu().plus(postgres.cpu());
        }

        @Override
        public boolean alive() {
            return child.handle().isAlive();
        }

        @Override
        public void kill() {
            child.kill();
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                child.close();
                postgres.close();
            }
        }
    }
}
