package io.offerflow.process;

import io.offerflow.sandbox.host.SandboxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A forked JVM that reports by {@link Signals}, and ends when its parent does. */
public class ChildJvm implements AutoCloseable {

    /** The class path of this JVM. */
    public static final String CLASS_PATH = System.getProperty("java.class.path");

    private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);
    private static final String GONE = "\0gone";

    private final String name;
    private final Path log;
    private final Process process;
    private final BlockingQueue<String> signals = new LinkedBlockingQueue<>();

    /**
     * How a JVM is started.
     *
     * @param flags such as {@code -Xmx1g}
     * @param environment in addition to that of this process
     */
    public record JvmOptions(List<String> flags, String classPath, Map<String, String> environment) {
    }

    /**
     * Forks a JVM with the class path of this one.
     *
     * @param folder for its log
     * @param flags of the JVM, such as {@code -Xmx1g}
     */
    public ChildJvm(String name, Path folder, List<String> flags, ForkedProgram program) {
        this(name, folder, new JvmOptions(flags, CLASS_PATH, Map.of()), program);
    }

    /**
     * Forks a JVM.
     *
     * @param folder for its log
     */
    public ChildJvm(String name, Path folder, JvmOptions options, ForkedProgram program) {
        this.name = name;
        log = folder.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 23) { // older versions do not know this flag, newer ones warn without it
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(options.flags());
        command.addAll(List.of("-cp", options.classPath(), ChildJvm.class.getName(), program.getClass().getName()));
        try {
            command.add(Signals.JSON.writeValueAsString(program));
            Files.createDirectories(folder);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(options.environment());
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a JVM for the " + name, e);
        }
        Thread.ofPlatform().daemon().name(name + "-signals").start(listener(process, signals));
    }

    /** Runs the program that the parent names with the configuration that it gives, and ends this JVM. */
    public static void main(String[] arguments) {
        try {
            ((ForkedProgram) Signals.JSON.readValue(arguments[1], Class.forName(arguments[0]))).run();
        } catch (Exception e) {
            Signals.fail(e);
        }
        System.exit(0);
    }

    private static Runnable listener(Process process, BlockingQueue<String> signals) {
        return () -> {
            try (var said = process.inputReader()) {
                said.lines().filter(line -> line.startsWith(Signals.MARK))
                        .map(line -> line.substring(Signals.MARK.length())).forEach(signals::add);
            } catch (IOException | UncheckedIOException ended) {
                // as at the end of the stream
            }
            signals.add(GONE);
        };
    }

    /** Waits until it is ready, and returns the value that it sends then; ends it if it does not get ready. */
    public final <T> T ready(Class<T> type) throws InterruptedException {
        try {
            return await(Signals.READY, START_TIMEOUT, type);
        } catch (RuntimeException | InterruptedException e) {
            kill();
            throw e;
        }
    }

    /**
     * Waits for a signal, skips others before it, and returns its value.
     *
     * @throws SandboxException if the process ends or fails, or the signal does not come within the time
     */
    public final <T> T await(String signal, Duration timeout, Class<T> type) throws InterruptedException {
        long until = System.nanoTime() + timeout.toNanos();
        while (true) {
            String said = signals.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (said == null) {
                throw new SandboxException("the %s did not say \"%s\" within %d s; its log is %s"
                        .formatted(name, signal, timeout.toSeconds(), log));
            }
            if (said.equals(GONE)) {
                signals.add(GONE);
                throw new SandboxException("the %s ended before it said \"%s\"; it logged:%n%s"
                        .formatted(name, signal, logged()));
            }
            if (said.startsWith(signal + " ")) {
                return value(said, type);
            }
            if (said.startsWith(Signals.FAILED)) {
                throw new SandboxException("the %s: %s".formatted(name, value(said, String.class)));
            }
        }
    }

    private static <T> T value(String said, Class<T> type) {
        try {
            return Signals.JSON.readValue(said.substring(said.indexOf(' ') + 1), type);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the value of a signal", e);
        }
    }

    public final void tell(String order) {
        try {
            process.outputWriter().write(order + "\n");
            process.outputWriter().flush();
        } catch (IOException e) {
            throw new SandboxException("the %s takes no more orders; it logged:%n%s".formatted(name, logged()), e);
        }
    }

    /** The process, for its id and its end. */
    public final ProcessHandle handle() {
        return process.toHandle();
    }

    public final void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** The newest lines of its log. */
    public final String logged() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    /** Asks it to end by closing its standard input; kills it if it does not end in time. */
    @Override
    public void close() {
        try {
            process.outputWriter().close();
        } catch (IOException alreadyGone) {
            // as if it had ended by itself
        }
        process.onExit().completeOnTimeout(process, STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
        kill();
    }
}
