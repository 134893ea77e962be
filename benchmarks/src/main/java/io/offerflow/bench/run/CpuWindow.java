package io.offerflow.bench.run;

import io.offerflow.bench.result.CpuUse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Measures processor time between two instants, by part, and that of all other programs on the machine. */
public final class CpuWindow {

    private static final String THIS_PROCESS = "";

    private final Map<String, Supplier<Duration>> parts = new LinkedHashMap<>(
            Map.of(THIS_PROCESS, () -> ProcessCpu.of(ProcessHandle.current())));
    private final Map<String, Duration> before = new HashMap<>();
    private final Map<String, Duration> used = new LinkedHashMap<>();
    private long opened;
    private Duration busy = Duration.ZERO;
    private double othersShare = -1;

    /** Adds a part, such as {@link CpuUse#APP}. */
    public CpuWindow with(String part, Supplier<Duration> cpu) {
        parts.put(part, cpu);
        return this;
    }

    public CpuWindow open() {
        opened = System.nanoTime();
        busy = MachineCpu.now().orElse(Duration.ZERO);
        parts.forEach((part, cpu) -> before.put(part, cpu.get()));
        return this;
    }

    public CpuWindow close() {
        parts.forEach((part, cpu) -> used.put(part, cpu.get().minus(before.get(part))));
        double all = (System.nanoTime() - opened) * (double) Runtime.getRuntime().availableProcessors();
        MachineCpu.now().ifPresent(now -> othersShare = Math.max(0, now.minus(busy).toNanos() - nanos()) / all);
        return this;
    }

    /** Processor time of each part per command, with the load of the machine. */
    public CpuUse per(int commands) {
        Map<String, Double> micros = new LinkedHashMap<>();
        used.forEach((part, cpu) -> micros.put(part, round(cpu.toNanos() / 1000.0 / Math.max(1, commands))));
        micros.remove(THIS_PROCESS);
        return new CpuUse(micros, othersShare < 0 ? -1 : round(othersShare),
                round(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    }

    /** Share of all parts but subject and broker in the processor time of all parts, this process included. */
    public double harnessShare() {
        double measured = Stream.of(CpuUse.APP, CpuUse.BROKER)
                .mapToLong(part -> used.getOrDefault(part, Duration.ZERO).toNanos()).sum();
        return round(1 - measured / Math.max(1, nanos()));
    }

    private long nanos() {
        return used.values().stream().mapToLong(Duration::toNanos).sum();
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
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
        public static Optional<Duration> now() {
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
