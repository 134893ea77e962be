package io.offerflow.bench.latency;

import io.offerflow.bench.check.Checker;
import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.result.LatencySample;
import io.offerflow.bench.run.CpuWindow;
import io.offerflow.bench.run.ForkedJvm;
import io.offerflow.bench.subject.LadderSubjects;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Sends at a rate and waits for the outcomes, one rate after another of one workload. */
final class OpenLoopRun {

    /** A loader that is later than that would measure itself. */
    static final double LAG_LIMIT_MS = 10;

    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Harness harness;
    private final ForkedJvm service;
    private int expected;

    /** Waits until the service has taken the commands of the warm-up. */
    OpenLoopRun(Harness harness, ForkedJvm service, int warmUp) throws InterruptedException {
        this.harness = harness;
        this.service = service;
        this.expected = warmUp;
        harness.checker().done(LONGEST).verdict().check("warm-up", true);
    }

    LatencySample measure(int perSecond, int seconds) throws InterruptedException {
        int commands = perSecond * seconds;
        expected += commands;
        harness.checker().more(expected);
        CpuWindow window = harness.window(service::cpu).open();
        harness.loader().beginPace(perSecond, commands);
        double lag = harness.loader().paced() / 1000.0;
        Checker.CheckResult done = harness.checker().done(LONGEST);
        window.close();
        done.verdict().check("%d commands/s".formatted(perSecond), false);
        return new LatencySample(LadderSubjects.SERVICE.name(), perSecond, commands, percentiles(done.latency()), lag,
                window.per(commands), done.verdict().different(), voided(lag));
    }

    private static Optional<String> voided(double lagMillis) {
        return lagMillis > LAG_LIMIT_MS ? Optional.of("the loader's own lag was %.0f ms at p99, more than %.0f ms"
                .formatted(lagMillis, LAG_LIMIT_MS)) : Optional.empty();
    }

    private static Map<String, Double> percentiles(Histogram micros) {
        Map<String, Double> millis = new LinkedHashMap<>();
        List.of(50.0, 90.0, 99.0, 99.9).forEach(percentile -> millis.put("p" + percentile.toString().replace(".0", ""),
                micros.getValueAtPercentile(percentile) / 1000.0));
        millis.put("max", micros.getMaxValue() / 1000.0);
        return millis;
    }
}
