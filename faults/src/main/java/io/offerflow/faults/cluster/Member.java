package io.offerflow.faults.cluster;

import io.offerflow.sandbox.host.SandboxException;
import io.offerflow.sandbox.process.ChildJvm;
import io.offerflow.sandbox.process.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** A process of the cluster. One that ends by itself is started again, as an orchestrator does. */
public final class Member implements AutoCloseable {

    private static final Duration READY_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration BACK_OFF = Duration.ofSeconds(1);

    private final String name;
    private final Supplier<ChildJvm> start;
    private Optional<ChildJvm> process = Optional.empty();
    private int ends;

    Member(String name, Supplier<ChildJvm> start) {
        this.name = name;
        this.start = start;
    }

    public String name() {
        return name;
    }

    /** Starts it, and does not wait until it is ready. */
    public synchronized void start() {
        process = Optional.of(start.get());
    }

    /** Ends it as kill -9 does. */
    public synchronized void kill() {
        process.ifPresent(ChildJvm::kill);
        process = Optional.empty();
    }

    /** Ends it in good order. */
    public synchronized void stop() {
        process.ifPresent(ChildJvm::close);
        process = Optional.empty();
    }

    /** Stops it for a time with SIGSTOP, then lets it continue: also if this process has ended in the meantime. */
    public void pause(Duration time) throws InterruptedException {
        Optional<ChildJvm> paused;
        synchronized (this) {
            paused = process;
        }
        if (paused.isPresent()) {
            String pid = Long.toString(paused.get().handle().pid());
            try {
                new ProcessBuilder("/bin/sh", "-c", "kill -STOP $0; sleep $1; kill -CONT $0", pid,
                        Long.toString(time.toSeconds())).start().waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot pause " + name, e);
            }
        }
    }

    /** Waits until it is ready; starts it again if it ends before. */
    public void awaitReady() throws InterruptedException {
        long until = System.nanoTime() + READY_TIMEOUT.toNanos();
        while (true) {
            Optional<ChildJvm> started;
            synchronized (this) {
                started = process;
            }
            try {
                started.orElseThrow(() -> new SandboxException(name + " is not started"))
                        .await(Signals.READY, READY_TIMEOUT, Object.class);
                return;
            } catch (SandboxException e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
                revive();
            }
        }
    }

    /** Starts it again if it has ended by itself. */
    void revive() throws InterruptedException {
        Thread.sleep(BACK_OFF);
        synchronized (this) {
            if (process.filter(started -> !started.handle().isAlive()).isPresent()) {
                ends++;
                start();
            }
        }
    }

    /** How often it has ended by itself. */
    public synchronized int ends() {
        return ends;
    }

    @Override
    public void close() {
        stop();
    }
}
