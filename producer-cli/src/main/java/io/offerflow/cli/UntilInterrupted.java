package io.offerflow.cli;

import java.time.Duration;

/** Runs something until it ends or the process is told to end, and then lets it end in good order. */
final class UntilInterrupted {

    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Work that may fail. */
    interface Work {
        void run() throws Exception;
    }

    private UntilInterrupted() {
    }

    /** @param stop makes {@code work} return; called from another thread */
    static void run(Work work, Runnable stop) throws Exception {
        Thread worker = Thread.currentThread();
        Thread hook = Thread.ofPlatform().unstarted(() -> {
            stop.run();
            join(worker);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            work.run();
        } finally {
            removeUnlessRunning(hook);
        }
    }

    private static void join(Thread worker) {
        try {
            worker.join(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeUnlessRunning(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // the hook is what made the work return
            return;
        }
    }
}
