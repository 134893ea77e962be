package io.offerflow.bench.run;

import io.offerflow.bench.BenchException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A forked JVM that tells its parent by {@link Signals} how far it is, and ends when its parent does. */
public final class Child implements AutoCloseable {

    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(40);
    private static final String GONE = "\0gone";

    private final String name;
    private final Process process;
    private final Path log;
    private final BlockingQueue<String> signals = new LinkedBlockingQueue<>();

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Forks a JVM.
     *
     * @param folder where what it logs goes
     * @param flags of the JVM, such as {@code -Xmx1g}
     */
    public static Child fork(String name, Class<?> main, Path folder, List<String> flags, List<String> arguments) {
        Path log = folder.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= 23) { // older ones do not know it, newer ones warn without it
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        try {
            Files.createDirectories(folder);
            Child child = new Child(name, new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
            Thread.ofPlatform().daemon().name(name + "-signals").start(child::listen);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a JVM for the " + name, e);
        }
    }

    private void listen() {
        try (BufferedReader said = process.inputReader()) {
            Stream.generate(() -> line(said)).takeWhile(line -> !line.equals(GONE))
                    .filter(line -> line.startsWith(Signals.MARK))
                    .map(line -> line.substring(Signals.MARK.length())).forEach(signals::add);
        } catch (IOException e) {
            signals.add(GONE);
        }
        signals.add(GONE);
    }

    private static String line(BufferedReader said) {
        try {
            String line = said.readLine();
            return line == null ? GONE : line;
        } catch (IOException e) {
            return GONE;
        }
    }

    /**
     * Waits for a signal and returns what was said with it; signals before it are passed over.
     *
     * @throws BenchException if it ends, or does not come within the time
     */
    public String await(String signal, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            String said = signals.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (said == null) {
                throw new BenchException("the %s did not say \"%s\" within %d s; what it logged is in %s"
                        .formatted(name, signal, patience.toSeconds(), log));
            }
            if (said.equals(GONE)) {
                signals.add(GONE);
                throw new BenchException("the %s ended before it said \"%s\"; it logged:%n%s"
                        .formatted(name, signal, tail()));
            }
            if (said.equals(signal) || said.startsWith(signal + " ")) {
                return said.substring(signal.length()).strip();
            }
            if (said.startsWith(Signals.FAILED)) {
                throw new BenchException("the %s: %s".formatted(name, said.substring(Signals.FAILED.length()).strip()));
            }
        }
    }

    /** Tells it something on a line of its own. */
    public void tell(String line) {
        try {
            process.outputWriter().write(line + "\n");
            process.outputWriter().flush();
        } catch (IOException e) {
            throw new BenchException("the %s takes no more orders; it logged:%n%s".formatted(name, tail()), e);
        }
    }

    /** Processor time that it has used so far. */
    public Duration cpu() {
        return Cpu.of(process.toHandle());
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Ends it as a power cut would. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    /** Lets it end in good order, and ends it if it does not. */
    @Override
    public void close() {
        try {
            process.outputWriter().close(); // the end of its input is how it is told
        } catch (IOException alreadyGone) {
            kill();
        }
        try {
            if (!process.waitFor(PATIENCE_AT_THE_END.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
