package io.offerflow.bench.result;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.internals.AppInfoParser;

/** How a result was measured: the verb, and the load average of the last minute when it ended. */
public record RunInfo(String kind, String day, Machine machine, String command, Map<String, String> settings,
        Optional<Double> loadAverage) {

    public static RunInfo now(String kind, String command, Map<String, String> settings) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return new RunInfo(kind, LocalDate.now(ZoneOffset.UTC).toString(), Machine.here(), command, settings,
                load < 0 ? Optional.empty() : Optional.of(Math.round(load * 10) / 10.0));
    }

    /** The machine and the software of a measurement. */
    public record Machine(int cores, String processor, long memoryGiB, String system, String java, String kafka) {

        public static Machine here() {
            var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            return new Machine(system.getAvailableProcessors(), model(),
                    Math.round(system.getTotalMemorySize() / (double) (1L << 30)), System.getProperty("os.name") + " "
                    + System.getProperty("os.arch"), System.getProperty("java.vm.vendor") + " "
                    + System.getProperty("java.version"), AppInfoParser.getVersion());
        }

        private static String model() {
            try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
                return lines.filter(line -> line.startsWith("model name")).findFirst()
                        .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
            } catch (IOException notLinux) {
                return "unknown";
            }
        }
    }
}
