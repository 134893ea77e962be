package io.offerflow.bench.run;

import com.sun.management.OperatingSystemMXBean;
import io.offerflow.bench.result.Figure;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures commands: the thread's own processor time, and that of the stores' threads in the background. */
public final class CpuMeter {

    private static final double MIB = 1 << 20;
    private static final int QUIET_TIMEOUT_S = 600;
    private static final long QUIET_NANOS_PER_SECOND = 50_000_000;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long begunThread = THREADS.getCurrentThreadCpuTime();
    private final long begunProcess = SYSTEM.getProcessCpuTime();
    private long thread;
    private long wall;
    private int commands;

    /** Runs an action that takes this many commands. */
    public void measure(int taken, Runnable action) {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long now = System.nanoTime();
        action.run();
        wall += System.nanoTime() - now;
        thread += THREADS.getCurrentThreadCpuTime() - cpu;
        commands += taken;
    }

    public int commands() {
        return commands;
    }

    /** Wall-clock time of all commands. */
    public double seconds() {
        return wall / 1e9;
    }

    /** Processor time of the thread per command. */
    public double micros() {
        return thread / 1e3 / commands;
    }

    /** By name, with the unit; the harness is the rest of this thread's work, for example making inputs. */
    public Map<String, Double> values() {
        long all = SYSTEM.getProcessCpuTime() - begunProcess;
        long own = THREADS.getCurrentThreadCpuTime() - begunThread;
        return Figure.named("CPU µs a command", micros(),
                "GC, JIT and compaction µs", Math.max(0, all - own) / 1e3 / commands,
                "wall µs", wall / 1e3 / commands,
                "harness %", 100.0 * (own - thread) / Math.max(1, all));
    }

    /** Waits until no background work goes on, for example a compaction; fails if it goes on for ten minutes. */
    public static void awaitQuiet() {
        for (int seconds = 0; seconds < QUIET_TIMEOUT_S; seconds++) {
            long before = SYSTEM.getProcessCpuTime();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            if (SYSTEM.getProcessCpuTime() - before < QUIET_NANOS_PER_SECOND) {
                return;
            }
        }
        throw new IllegalStateException("the stores are still being compacted after %d s".formatted(QUIET_TIMEOUT_S));
    }

    /** Memory of this process in MiB: live objects on the heap, and memory outside the heap, which is all resident. */
    public static Map<String, Double> memory() {
        System.gc();
        Runtime heap = Runtime.getRuntime();
        double residentKiB = FileAccess.get("read the memory of this process", () -> {
            try (var lines = Files.lines(Path.of("/proc/self/status"))) {
                return lines.filter(line -> line.startsWith("VmRSS:")).map(line -> line.replaceAll("\\D", ""))
                        .mapToDouble(Double::parseDouble).findFirst().orElseThrow();
            }
        });
        return Figure.named("on the heap MiB", (heap.totalMemory() - heap.freeMemory()) / MIB,
                "outside the heap MiB", residentKiB / 1024 - heap.totalMemory() / MIB);
    }

    /** Size of all files in a folder, in MiB. */
    public static double sizeMiB(Path folder) {
        return FileAccess.get("read " + folder, () -> {
            try (var files = Files.walk(folder)) {
                return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum() / MIB;
            }
        });
    }
}
