package io.offerflow.cli.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that run as long as the demo does; if one fails, the demo ends. */
final class Background {

    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Work that may fail. */
    interface BackgroundTask {
        void run() throws Exception;
    }

    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Runnable onFailure;

    Background(Runnable onFailure) {
        this.onFailure = onFailure;
    }

    Thread start(String name, BackgroundTask work) {
        return Thread.ofPlatform().name(name).daemon().start(() -> {
            try {
                work.run();
            } catch (Exception e) {
                failure.compareAndSet(null, e);
                onFailure.run();
            }
        });
    }

    static void join(Thread thread) throws InterruptedException {
        thread.join(GRACE);
    }

    /** The first failure, if there was one. */
    Optional<Exception> failure() {
        return Optional.ofNullable(failure.get());
    }
}
