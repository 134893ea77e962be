package io.offerflow.cli.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs something until it ends or the process is told to end, and then lets it end in good order. */
public final class UntilInterrupted {

    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Work that may fail. */
    public interface InterruptibleTask {
        void run() throws Exception;
    }

    private UntilInterrupted() {
    }

    /** @param stop makes {@code work} return; called from another thread */
    public static void run(InterruptibleTask work, Runnable stop) throws Exception {
        // not the end of the working thread: that one waits for this hook in System.exit
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = Thread.ofPlatform().unstarted(() -> {
            stop.run();
            await(done);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            work.run();
        } finally {
            done.countDown();
            removeUnlessRunning(hook);
        }
    }

    private static void await(CountDownLatch done) {
        try {
            if (!done.await(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("offerflow: did not end in good order within " + GRACE.toSeconds() + " s");
            }
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
