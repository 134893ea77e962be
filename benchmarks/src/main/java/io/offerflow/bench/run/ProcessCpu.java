package io.offerflow.bench.run;

import java.time.Duration;
import java.util.stream.Stream;

/** Processor time of processes, user and system, as the operating system counts it (to 10 ms). */
public final class ProcessCpu {

    private ProcessCpu() {
    }

    public static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Of a process and its living descendants. */
    public static Duration ofTree(ProcessHandle root) {
        return Stream.concat(Stream.of(root), root.descendants()).map(ProcessCpu::of)
                .reduce(Duration.ZERO, Duration::plus);
    }
}
