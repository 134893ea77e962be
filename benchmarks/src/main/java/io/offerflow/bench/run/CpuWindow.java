package io.offerflow.bench.run;

import io.offerflow.bench.result.Figure;
import io.offerflow.bench.result.ResultTables;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Measures processor time between two instants, by part, and that of all other programs on the machine. */
public final class CpuWindow {

    public static final String APP = "app µs";
    public static final String BROKER = "broker µs";
    public static final String CHECKER = "checker µs";
    public static final String LOADER = "loader µs";
    /** What is measured: subject and broker, without the harness. */
    public static final String MEASURED = "app + broker µs";
    /** The share of all parts but subject and broker in the time of all parts. */
    public static final String HARNESS = "harness %";

    private final Map<String, Supplier<Duration>> parts = new LinkedHashMap<>();
    private final Map<String, Duration> used = new LinkedHashMap<>();
    private Optional<Duration> busy = Optional.empty();
    private double othersPercent = Double.NaN;
    private long opened;

    /** A window in which this process is part of the harness. */
    public CpuWindow() {
        this("bench µs");
    }

    /** A window in which this process is another part, for example {@link #APP}. */
    public CpuWindow(String thisProcess) {
        with(thisProcess, () -> of(ProcessHandle.current()));
    }

    /** Processor time so far of a process, as the operating system counts it (to 10 ms). */
    public static Duration of(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Adds a part, for example {@link #BROKER}. */
    public CpuWindow with(String part, Supplier<Duration> cpu) {
        parts.put(part, cpu);
        return this;
    }

    public CpuWindow open() {
        opened = System.nanoTime();
        busy = MachineCpu.now();
        parts.forEach((part, cpu) -> used.put(part, cpu.get()));
        return this;
    }

    public CpuWindow close() {
        parts.forEach((part, cpu) -> used.merge(part, cpu.get(), (before, after) -> after.minus(before)));
        double all = (System.nanoTime() - opened) * (double) Runtime.getRuntime().availableProcessors();
        MachineCpu.now().ifPresent(now -> othersPercent =
                100 * Math.max(0, now.minus(busy.orElse(now)).toNanos() - nanos()) / all);
        return this;
    }

    /** Processor time of each part per command, the share of the harness, and the load of the machine. */
    public Map<String, Double> per(double commands) {
        double measured = nanos(APP) + nanos(BROKER);
        Map<String, Double> values = Figure.named(MEASURED, measured / 1e3 / commands);
        used.forEach((part, cpu) -> values.putAll(Figure.named(part, cpu.toNanos() / 1e3 / commands)));
        values.putAll(Figure.named(HARNESS, 100 * (1 - measured / nanos()), ResultTables.OTHERS, othersPercent,
                "load average", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        return values;
    }

    private double nanos(String part) {
        return used.getOrDefault(part, Duration.ZERO).toNanos();
    }

    private double nanos() {
        return used.values().stream().mapToLong(Duration::toNanos).sum();
    }

    /** Processor time of the whole machine since it started; known on Linux only. */
    private static final class MachineCpu {

        private static final int IDLE = 3;
        private static final int WAITING = 4;
        private static final int GUEST = 8;
        private static final long TICK_MS = 10;

        private MachineCpu() {
        }

        /** Time of all processors that were not idle, with what a hypervisor took. */
        static Optional<Duration> now() {
            try {
                String[] counts = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +");
                long[] ticks = Arrays.stream(counts).skip(1).mapToLong(Long::parseLong).toArray();
                return Optional.of(Duration.ofMillis(TICK_MS * IntStream.range(0, Math.min(ticks.length, GUEST))
                        .filter(kind -> kind != IDLE && kind != WAITING).mapToLong(kind -> ticks[kind]).sum()));
            } catch (IOException notLinux) {
                return Optional.empty();
            }
        }
    }
}
