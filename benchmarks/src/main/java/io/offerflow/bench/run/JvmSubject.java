package io.offerflow.bench.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A subject that is one JVM: its main class takes a {@link Site} as arguments, says {@link Signals#ready()} when it
 * works, and ends when {@link Signals#untilToldToStop()} returns.
 *
 * @param flags of the JVM beside the heap that every subject gets
 * @param arguments beside those of the site
 */
public record JvmSubject(String name, Class<?> main, List<String> flags, List<String> arguments) implements Subject {

    /** What every subject gets, so that none has more room than another; the collector is the one the service ships with. */
    public static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC");

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    public JvmSubject(String name, Class<?> main) {
        this(name, main, List.of(), List.of());
    }

    @Override
    public Running start(Site site) throws InterruptedException {
        List<String> all = new ArrayList<>(HEAP);
        all.addAll(flags);
        List<String> given = site.arguments();
        given.addAll(arguments);
        Child child = Child.fork(name, main, site.scratch(), all, given);
        try {
            child.await(Signals.READY, PATIENCE);
        } catch (RuntimeException | InterruptedException e) {
            child.kill();
            throw e;
        }
        return new OneProcess(child);
    }

    private record OneProcess(Child child) implements Running {
        @Override
        public Duration cpu() {
            return child.cpu();
        }

        @Override
        public boolean alive() {
            return child.handle().isAlive();
        }

        @Override
        public void kill() {
            child.kill();
        }

        @Override
        public void close() {
            child.close();
        }
    }
}
