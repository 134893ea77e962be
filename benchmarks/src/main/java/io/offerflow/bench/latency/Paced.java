package io.offerflow.bench.latency;

import io.offerflow.bench.bed.Bed;
import io.offerflow.bench.check.Checker;
import io.offerflow.bench.load.LoaderClient;
import io.offerflow.bench.result.LatencySample;
import io.offerflow.bench.result.Sample;
import io.offerflow.bench.run.Subject;
import io.offerflow.bench.run.Window;
import io.offerflow.bench.subject.Rungs;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Sends at a rate and waits for the outcomes, stretch after stretch of one workload. */
final class Paced {

    /** A loader that is later than that measures itself. */
    static final double LAG_LIMIT_MS = 10;

    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final Bed bed;
    private final Subject.Running subject;
    private int expected;

    /** The first commands were sent already. */
    Paced(Bed bed, Subject.Running subject, int sent) throws InterruptedException {
        this.bed = bed;
        this.subject = subject;
        this.expected = sent;
        bed.checker().done(LONGEST).verdict().check("warm-up", true);
    }

    LatencySample run(int perSecond, int seconds) throws InterruptedException {
        int commands = perSecond * seconds;
        expected += commands;
        bed.checker().more(expected);
        Window window = new Window().with(Sample.APP, subject::cpu).with(Sample.BROKER, bed.broker()::cpu)
                .with("loader", bed.loader()::cpu).with(Sample.CHECKER, bed.checker()::cpu).open();
        bed.loader().beginPace(perSecond, commands);
        LoaderClient.Sent sent = bed.loader().paced();
        Checker.Done done = bed.checker().done(LONGEST);
        window.close();
        done.verdict().check("%d commands/s".formatted(perSecond), false);
        double lag = sent.lagP99Micros() / 1000.0;
        return new LatencySample(Rungs.SERVICE.name(), perSecond, commands, percentiles(done.latency()), lag,
                window.micros(commands), done.verdict().different(), window.othersShare(), window.loadAverage(),
                voided(lag));
    }

    static Optional<String> voided(double lagMillis) {
        return lagMillis > LAG_LIMIT_MS ? Optional.of("the loader's own lag was %.0f ms at p99, more than %.0f ms"
                .formatted(lagMillis, LAG_LIMIT_MS)) : Optional.empty();
    }

    private static Map<String, Double> percentiles(Histogram micros) {
        Map<String, Double> millis = new LinkedHashMap<>();
        millis.put("p50", at(micros, 50));
        millis.put("p90", at(micros, 90));
        millis.put("p99", at(micros, 99));
        millis.put("p99.9", at(micros, 99.9));
        millis.put("max", micros.getMaxValue() / 1000.0);
        return millis;
    }

    private static double at(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }
}
