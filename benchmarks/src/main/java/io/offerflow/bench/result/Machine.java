package io.offerflow.bench.result;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;

/** The machine and the software of a measurement. */
public record Machine(int cores, String processor, long memoryGiB, String system, String java, String kafka) {

    /** This machine. */
    public static Machine here() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(system.getAvailableProcessors(), model(),
                Math.round(system.getTotalMemorySize() / (double) (1L << 30)), System.getProperty("os.name") + " "
                + System.getProperty("os.arch"), System.getProperty("java.vm.vendor") + " "
                + System.getProperty("java.version"), AppInfoParser.getVersion());
    }

    private static String model() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("unknown");
        } catch (IOException notLinux) {
            return "unknown";
        }
    }
}
