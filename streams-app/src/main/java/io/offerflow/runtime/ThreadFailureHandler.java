package io.offerflow.runtime;

import io.offerflow.topology.UnrecoverableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that failed, and pauses processing for a delay that doubles, so that the service survives an
 * outage. Nothing sleeps here: the new thread joins the group at once and keeps its membership. The transaction of the
 * thread is aborted, so nothing is lost or processed twice.
 */
final class ThreadFailureHandler implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailureHandler.class);
    private static final Duration MAX_DELAY = Duration.ofSeconds(30);
    private static final Duration RESET_AFTER = Duration.ofMinutes(2);

    /** Pauses and resumes the processing of all threads of this instance. */
    interface Processing {
        void pause();

        void resume();
    }

    /**
     * A failure of a thread.
     *
     * @param reason the end of a sentence
     * @param resumesAt when processing resumes
     */
    record ThreadFailure(String reason, Instant at, Instant resumesAt) {
    }

    private final Processing processing;
    private final ScheduledExecutorService scheduler;
    private final FatalErrorHandler fatal;
    private final Clock clock;
    private Optional<ThreadFailure> last = Optional.empty();
    private int failures;

    ThreadFailureHandler(Processing processing, ScheduledExecutorService scheduler, FatalErrorHandler fatal,
            Clock clock) {
        this.processing = processing;
        this.scheduler = scheduler;
        this.fatal = fatal;
        this.clock = clock;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable thrown) {
        Optional<UnrecoverableException> end = FailureReason.causes(thrown)
                .filter(UnrecoverableException.class::isInstance).map(UnrecoverableException.class::cast).findFirst();
        if (end.isPresent()) {
            fatal.fail(end.get().getMessage());
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        pause(thrown);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private synchronized void pause(Throwable thrown) {
        Instant now = clock.instant();
        failures = last.filter(earlier -> now.isBefore(earlier.resumesAt().plus(RESET_AFTER))).isPresent()
                ? failures + 1 : 1;
        long seconds = Math.min(MAX_DELAY.toSeconds(), 1L << Math.min(failures - 1, 10));
        FailureReason.known(thrown).ifPresentOrElse(
                why -> LOG.warn("a stream thread stopped because {}; processing resumes in {} s", why, seconds),
                () -> LOG.error("a stream thread stopped; processing resumes in {} s", seconds, thrown));
        last = Optional.of(new ThreadFailure(FailureReason.of(thrown), now, now.plusSeconds(seconds)));
        processing.pause();
        scheduler.schedule(this::resume, seconds, TimeUnit.SECONDS);
    }

    /** Of several threads that failed, the last one decides. */
    private synchronized void resume() {
        boolean due = last.filter(failure -> clock.instant().isBefore(failure.resumesAt())).isEmpty();
        if (due && fatal.failure().isEmpty()) {
            processing.resume();
        }
    }

    /** The last failure. */
    synchronized Optional<ThreadFailure> last() {
        return last;
    }
}
