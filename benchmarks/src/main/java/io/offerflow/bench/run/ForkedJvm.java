package io.offerflow.bench.run;

import io.offerflow.process.ChildJvm;
import io.offerflow.process.ForkedProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A forked JVM whose processor time is measured. */
public class ForkedJvm extends ChildJvm implements Subject.RunningSubject {

    /**
     * Forks a JVM.
     *
     * @param folder for its log
     * @param flags of the JVM, such as {@code -Xmx1g}
     */
    public ForkedJvm(String name, Path folder, List<String> flags, ForkedProgram program) {
        super(name, folder, flags, program);
    }

    @Override
    public Duration cpu() {
        return CpuWindow.of(handle());
    }
}
