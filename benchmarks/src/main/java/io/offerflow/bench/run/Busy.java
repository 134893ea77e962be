package io.offerflow.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** How much all processors of the machine have worked since it started, whoever for; known on Linux only. */
public final class Busy {

    private static final Path STAT = Path.of("/proc/stat");
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    private static final int GUEST = 8;
    private static final long TICK_MS = 10;

    private Busy() {
    }

    /** Time of all processors that were not idle, what a hypervisor took included. */
    public static Optional<Duration> now() {
        try {
            String[] counts = Files.readAllLines(STAT).getFirst().split(" +");
            long[] ticks = Arrays.stream(counts).skip(1).mapToLong(Long::parseLong).toArray();
            long busy = 0;
            for (int kind = 0; kind < Math.min(ticks.length, GUEST); kind++) {
                busy += kind == IDLE || kind == WAITING ? 0 : ticks[kind];
            }
            return Optional.of(Duration.ofMillis(busy * TICK_MS));
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }
}
