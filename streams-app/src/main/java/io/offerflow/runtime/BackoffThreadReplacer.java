package io.offerflow.runtime;

import io.offerflow.contract.registry.RegistryUnavailableException;
import io.offerflow.topology.UnrecoverableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that died, after a delay that doubles, so that the service survives an outage of the
 * registry or the brokers. The transaction of the thread is aborted, so nothing is lost or processed twice.
 */
final class BackoffThreadReplacer implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(BackoffThreadReplacer.class);
    private static final Duration MAX_DELAY = Duration.ofSeconds(30);
    private static final Duration RESET_AFTER = Duration.ofMinutes(2);

    private long lastNanos = System.nanoTime() - RESET_AFTER.toNanos();
    private int failures;
    private volatile Optional<String> fatal = Optional.empty();

    Optional<String> fatal() {
        return fatal;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable thrown) {
        if (root(thrown) instanceof UnrecoverableException end) {
            fatal = Optional.of(end.getMessage());
            LOG.error("{}", end.getMessage());
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        failures = System.nanoTime() - lastNanos < RESET_AFTER.toNanos() ? failures + 1 : 1;
        long seconds = Math.min(MAX_DELAY.toSeconds(), 1L << Math.min(failures - 1, 10));
        why(thrown).ifPresentOrElse(
                why -> LOG.warn("a stream thread stopped because {}; the next one starts in {} s", why, seconds),
                () -> LOG.error("a stream thread stopped; the next one starts in {} s", seconds, thrown));
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lastNanos = System.nanoTime();
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static Optional<String> why(Throwable thrown) {
        return root(thrown) instanceof RegistryUnavailableException away ? Optional.of(away.getMessage())
                : BrokerFailure.known(thrown).map(why -> "the brokers " + why);
    }

    private static Throwable root(Throwable thrown) {
        Throwable at = thrown;
        while (at.getCause() != null && !(at instanceof RegistryUnavailableException)) {
            at = at.getCause();
        }
        return at;
    }
}
