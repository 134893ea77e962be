package io.offerflow.bench.result;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/**
 * How a result was measured.
 *
 * @param kind the verb
 * @param day date of the run
 * @param command repeats it
 * @param settings by name, defaults included
 * @param loadAverage of the system over the last minute when the run ended
 */
public record RunInfo(String kind, String day, Machine machine, String command, Map<String, String> settings,
        Optional<Double> loadAverage) {

    /** Of a run on this machine that has just ended. */
    public static RunInfo now(String kind, String command, Map<String, String> settings) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return new RunInfo(kind, LocalDate.now(ZoneOffset.UTC).toString(), Machine.here(), command, settings,
                load < 0 ? Optional.empty() : Optional.of(Math.round(load * 10) / 10.0));
    }
}
