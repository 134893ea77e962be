package io.offerflow.bench.run;

import io.offerflow.process.ForkedProgram;
import io.offerflow.process.Signals;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A subject that is one JVM, whose program calls {@link Signals#readyUntilStopped}.
 *
 * @param flags of the JVM besides the heap
 */
public record JvmSubject(String name, List<String> flags, Function<SubjectConfig, ForkedProgram> program)
        implements Subject {

    /** The same heap for each subject; the collector is the one that the service ships with. */
    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC");

    public JvmSubject(String name, Function<SubjectConfig, ForkedProgram> program) {
        this(name, List.of(), program);
    }

    @Override
    public ForkedJvm start(SubjectConfig config) throws InterruptedException {
        ForkedJvm jvm = fork(config);
        jvm.ready(Object.class);
        return jvm;
    }

    /** Starts it, and does not wait until it is ready. */
    public ForkedJvm fork(SubjectConfig config) {
        return new ForkedJvm(name, config.scratch(), Stream.concat(HEAP.stream(), flags.stream()).toList(),
                program.apply(config));
    }
}
