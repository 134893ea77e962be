package io.offerflow.faults.cluster;

import io.offerflow.sandbox.host.SandboxException;
import io.offerflow.process.ChildJvm;
import io.offerflow.process.Signals;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** A process of the cluster. One that ends by itself is started again, as an orchestrator does. */
public final class Member implements AutoCloseable {

    private static final Duration READY_TIMEOUT = Duration.ofMinutes(5);
    private static final String DISK = "fsync,fdatasync,pwrite64,ftruncate,rename,unlink";
    private static final Duration BACK_OFF = Duration.ofSeconds(1);

    private final String name;
    private final Supplier<ChildJvm> start;
    private Optional<ChildJvm> process = Optional.empty();
    private boolean ready;
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
        ready = false;
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

    /**
     * Stops it with SIGSTOP, and returns then. A shell lets it continue with SIGCONT, also if this process has ended in
     * the meantime.
     *
     * @return the shell, which ends after that time
     */
    public synchronized Process pause(Duration time) {
        String pid = process.map(paused -> Long.toString(paused.handle().pid())).orElseThrow();
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c",
                    "kill -STOP $0; echo stopped; sleep $1; kill -CONT $0", pid, Long.toString(time.toSeconds()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            shell.inputReader().readLine();
            return shell;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot pause " + name, e);
        }
    }

    /** Whether this machine has the program that makes a disk slow. */
    public static boolean canHaveSlowDisk() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "strace")));
    }

    /**
     * Makes its disk slow, for a time: each operation that changes a file or waits for the disk takes 100 ms more, and
     * each other one a little. It ends by itself.
     *
     * @return the program that does it
     */
    public synchronized Process slowDisk(Duration time) {
        String pid = process.map(slow -> Long.toString(slow.handle().pid())).orElseThrow();
        try {
            return new ProcessBuilder("timeout", Long.toString(time.toSeconds()), "strace", "-f", "-qq", "-o",
                    "/dev/null", "-e", "trace=" + DISK, "-e", "inject=" + DISK + ":delay_enter=100ms", "-p", pid)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the disk of %s slow".formatted(name), e);
        }
    }

    /** Waits until it is ready; starts it again if it ends before. */
    public void awaitReady() throws InterruptedException {
        long until = System.nanoTime() + READY_TIMEOUT.toNanos();
        while (!isReady()) {
            ChildJvm started = started();
            try {
                started.await(Signals.READY, READY_TIMEOUT, Object.class);
                ready(started);
            } catch (SandboxException e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
                Thread.sleep(BACK_OFF);
                revive();
            }
        }
    }

    private synchronized ChildJvm started() {
        return process.orElseThrow(() -> new SandboxException(name + " is not started"));
    }

    private synchronized boolean isReady() {
        return ready && started().handle().isAlive();
    }

    private synchronized void ready(ChildJvm jvm) {
        ready = started() == jvm;
    }

    /** Starts it again if it has ended by itself. */
    public synchronized void revive() {
        if (process.filter(started -> !started.handle().isAlive()).isPresent()) {
            ends++;
            start();
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
