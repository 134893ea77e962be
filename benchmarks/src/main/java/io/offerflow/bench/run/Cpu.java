package io.offerflow.bench.run;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Processor time of processes, user and system, as the operating system counts it (to 10 ms). */
public final class Cpu {

    private Cpu() {
    }

    /** Of one process. */
    public static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Of several; one that has ended is not counted. */
    public static Duration of(Collection<ProcessHandle> processes) {
        return processes.stream().map(Cpu::of).reduce(Duration.ZERO, Duration::plus);
    }

    /** Of a process and all that it has started. */
    public static Duration ofTree(ProcessHandle root) {
        return of(root).plus(of(List.copyOf(root.descendants().toList())));
    }
}
