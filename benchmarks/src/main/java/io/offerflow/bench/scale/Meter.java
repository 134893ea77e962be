package io.offerflow.bench.scale;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Counts what commands cost: the thread's own processor time, and what the stores' threads add in the background. */
final class Meter {

    private static final double MIB = 1 << 20;
    private static final double KIB_A_MIB = 1024;
    private static final int PATIENCE_S = 600;
    private static final long QUIET_NS_A_SECOND = 50_000_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long begunThread = threads.getCurrentThreadCpuTime();
    private final long begunProcess = system.getProcessCpuTime();
    private long thread;
    private long wall;
    private int commands;

    /** Runs something that takes so many commands. */
    void count(int taken, Runnable work) {
        long cpu = threads.getCurrentThreadCpuTime();
        long now = System.nanoTime();
        work.run();
        wall += System.nanoTime() - now;
        thread += threads.getCurrentThreadCpuTime() - cpu;
        commands += taken;
    }

    /** By name, with the unit; the harness is what this thread did beside what was counted, such as making inputs. */
    Map<String, Double> values() {
        long all = system.getProcessCpuTime() - begunProcess;
        long own = threads.getCurrentThreadCpuTime() - begunThread;
        long background = all - own;
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("CPU µs a command", round(thread / 1e3 / commands));
        values.put("GC, JIT and compaction µs", round(Math.max(0, background) / 1e3 / commands));
        values.put("wall µs", round(wall / 1e3 / commands));
        values.put("harness %", round(100.0 * (own - thread) / Math.max(1, all)));
        return values;
    }

    /**
     * Waits until nothing goes on in the background, such as the compaction of what was just written.
     *
     * @throws IllegalStateException if that is not over within ten minutes
     */
    static void awaitQuiet() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        for (int seconds = 0; seconds < PATIENCE_S; seconds++) {
            long before = system.getProcessCpuTime();
            pause();
            if (system.getProcessCpuTime() - before < QUIET_NS_A_SECOND) {
                return;
            }
        }
        throw new IllegalStateException("what was written is still being compacted after %d s".formatted(PATIENCE_S));
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while the stores were being compacted", e);
        }
    }

    /** Memory of this process, in MiB: what lives on the heap, and what lies beside it; the heap is resident as a whole. */
    static Map<String, Double> memory() {
        System.gc();
        Runtime heap = Runtime.getRuntime();
        Map<String, Double> memory = new LinkedHashMap<>();
        memory.put("on the heap MiB", round((heap.totalMemory() - heap.freeMemory()) / MIB));
        memory.put("beside the heap MiB", round(residentMiB() - heap.totalMemory() / MIB));
        return memory;
    }

    private static double residentMiB() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:")).map(line -> line.replaceAll("\\D", ""))
                    .mapToDouble(Double::parseDouble).findFirst().orElseThrow() / KIB_A_MIB;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look up how much memory this process has", e);
        }
    }

    /** Size of all files under a folder, in MiB. */
    static double sizeMiB(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return round(files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum() / MIB);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + folder, e);
        }
    }

    static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
