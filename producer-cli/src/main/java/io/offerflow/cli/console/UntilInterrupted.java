package io.offerflow.cli.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs a task until it ends or the process is interrupted, and then lets it end in good order. */
public final class UntilInterrupted {

    private static final Duration GRACE = Duration.ofSeconds(10);

    /** A task that may fail. */
    public interface InterruptibleTask {
        void run() throws Exception;
    }

    private UntilInterrupted() {
    }

    /** @param stop makes the task return; called from another thread */
    public static void run(InterruptibleTask task, Runnable stop) throws Exception {
        // the hook cannot wait for the thread of the task: in System.exit that thread waits for the hook
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = Thread.ofPlatform().unstarted(() -> {
            stop.run();
            await(done);
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            task.run();
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
            return; // the hook made the task return
        }
    }
}
