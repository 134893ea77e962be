package io.offerflow.bench.subject;

import io.offerflow.bench.result.Sample;
import io.offerflow.bench.run.Child;
import io.offerflow.bench.run.JvmSubject;
import io.offerflow.bench.run.Site;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The rung that needs no broker: {@code decide} and {@code apply} alone, on one thread. */
public final class Decide {

    public static final String NAME = "decide";

    private Decide() {
    }

    /** Decides the first commands of the site's workload, and measures all but the warm-up. */
    public static Sample run(Site site, int commands, int round) throws InterruptedException {
        List<String> arguments = site.arguments();
        arguments.add("commands=" + commands);
        List<String> heap = JvmSubject.HEAP;
        try (Child child = Child.fork(NAME, DecideProcess.class, site.scratch(), heap, arguments)) {
            String[] words = child.await("decided", Duration.ofMinutes(10)).split(" ");
            int measured = Integer.parseInt(words[0]);
            double seconds = Long.parseLong(words[1]) / 1e9;
            return new Sample(NAME, round, measured, seconds, measured / seconds,
                    Map.of(Sample.APP, Long.parseLong(words[2]) / 1e3 / measured), -1,
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        }
    }
}
