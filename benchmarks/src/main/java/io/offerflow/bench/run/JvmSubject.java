package io.offerflow.bench.run;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A subject that is one JVM: its main class takes a {@link SubjectConfig} as arguments and calls
 * {@link Signals#readyUntilStopped}.
 *
 * @param flags of the JVM besides {@link #HEAP}
 * @param arguments besides those of the configuration
 */
public record JvmSubject(String name, Class<?> main, List<String> flags, Map<String, String> arguments)
        implements Subject {

    /** The same heap for each subject; the collector is the one that the service ships with. */
    public static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC");

    public JvmSubject(String name, Class<?> main) {
        this(name, main, List.of(), Map.of());
    }

    @Override
    public ForkedJvm start(SubjectConfig config) throws InterruptedException {
        List<String> all = Stream.concat(HEAP.stream(), flags.stream()).toList();
        ForkedJvm jvm = ForkedJvm.fork(name, main, all, config.with(arguments));
        jvm.ready();
        return jvm;
    }
}
