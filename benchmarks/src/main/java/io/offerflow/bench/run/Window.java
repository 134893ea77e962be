package io.offerflow.bench.run;

import io.offerflow.bench.result.Sample;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Processor time between two moments: of each part, and of everybody else on the machine. */
public final class Window {

    private final Map<String, Supplier<Duration>> parts = new LinkedHashMap<>();
    private final Map<String, Duration> before = new LinkedHashMap<>();
    private final Map<String, Duration> used = new LinkedHashMap<>();
    private long opened;
    private Duration busy = Duration.ZERO;
    private Duration own = Duration.ZERO;
    private double othersShare = -1;

    /** Counts a part, such as {@link Sample#APP}. */
    public Window with(String part, Supplier<Duration> cpu) {
        parts.put(part, cpu);
        return this;
    }

    public Window open() {
        opened = System.nanoTime();
        busy = Busy.now().orElse(Duration.ZERO);
        before.put("", Cpu.of(ProcessHandle.current()));
        parts.forEach((part, cpu) -> before.put(part, cpu.get()));
        return this;
    }

    public Window close() {
        parts.forEach((part, cpu) -> used.put(part, cpu.get().minus(before.get(part))));
        own = Cpu.of(ProcessHandle.current()).minus(before.get(""));
        double all = (System.nanoTime() - opened) * (double) Runtime.getRuntime().availableProcessors();
        Busy.now().ifPresent(now -> othersShare = Math.max(0, now.minus(busy).minus(ours()).toNanos() / all));
        return this;
    }

    /** Processor time a command of each part, in µs. */
    public Map<String, Double> micros(int commands) {
        Map<String, Double> micros = new LinkedHashMap<>();
        used.forEach((part, cpu) -> micros.put(part, round(cpu.toNanos() / 1000.0 / Math.max(1, commands))));
        return micros;
    }

    /** What others took of the machine's processors; -1 if not known. */
    public double othersShare() {
        return othersShare < 0 ? -1 : round(othersShare);
    }

    /** What was neither a subject's nor the broker's of all that we took, this process included. */
    public double harnessShare() {
        double ours = Math.max(1, ours().toNanos());
        return round(1 - (nanos(Sample.APP) + nanos(Sample.BROKER)) / ours);
    }

    private Duration ours() {
        return used.values().stream().reduce(own, Duration::plus);
    }

    private double nanos(String part) {
        return used.getOrDefault(part, Duration.ZERO).toNanos();
    }

    public double loadAverage() {
        return round(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
