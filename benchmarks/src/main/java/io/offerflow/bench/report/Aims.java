package io.offerflow.bench.report;

import static io.offerflow.bench.report.LadderTable.text;

import io.offerflow.bench.result.LatencySample;
import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.Sample;
import java.util.List;
import java.util.Optional;

/** What we aim for, and what was reached. */
public final class Aims {

    private static final double THROUGHPUT = 0.80;
    private static final double CPU = 1.25;
    private static final int RATE = 5_000;
    private static final double P99 = 100;
    private static final double P999 = 200;
    private static final double STEP_RESULT = 40;
    private static final String HEAD = "| aim | reached | |\n|---|---|---|\n";

    private Aims() {
    }

    static String ladder(Result result) {
        List<Sample> service = result.of("service");
        List<Sample> limit = result.of("null-stateful");
        if (service.isEmpty() || limit.isEmpty()) {
            return "";
        }
        double rate = median(service, false) / median(limit, false);
        double cpu = median(service, true) / median(limit, true);
        return HEAD
                + row(text("throughput at least %.2f of null-stateful", THROUGHPUT), text("%.2f", rate),
                        rate >= THROUGHPUT)
                + row(text("processor time a command at most %.2f of null-stateful's", CPU), text("%.2f", cpu),
                        cpu <= CPU);
    }

    private static double median(List<Sample> samples, boolean cpu) {
        return LadderTable.spread(samples, cpu ? Sample::cpu : Sample::perSecond).median();
    }

    static String latency(Result result) {
        Optional<LatencySample> found = result.latencies().stream()
                .filter(sample -> sample.perSecond() == RATE && sample.voided().isEmpty()).findFirst();
        return found.map(sample -> HEAD
                + row(text("p99 at most %.0f ms at %,d/s", P99, RATE), text("%.0f ms", sample.millis().get("p99")),
                        sample.millis().get("p99") <= P99)
                + row(text("p99.9 at most %.0f ms at %,d/s", P999, RATE), text("%.0f ms", sample.millis().get("p99.9")),
                        sample.millis().get("p99.9") <= P999)).orElse("");
    }

    /** @param micros processor time of the service's one step for the result of a step, in µs */
    public static String stepResult(double micros) {
        return HEAD + row(text("the result of a step at most %.0f µs", STEP_RESULT), text("%.1f µs", micros),
                micros <= STEP_RESULT);
    }

    private static String row(String aim, String reached, boolean met) {
        return text("| %s | %s | %s |%n", aim, reached, met ? "met" : "**missed**");
    }
}
