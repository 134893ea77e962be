package io.offerflow.bench.report;

import static io.offerflow.bench.result.MarkdownTable.text;

import io.offerflow.avro.ReportStepSucceeded;
import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.LatencySample;
import io.offerflow.bench.result.MarkdownTable;
import io.offerflow.bench.result.MedianRange;
import io.offerflow.bench.result.ThroughputSample;
import io.offerflow.bench.scale.CostByCommand;
import io.offerflow.bench.scale.ScaleCurve;
import java.util.function.ToDoubleFunction;

/** The targets of the project compared with measured values. */
final class Targets {

    private static final int RATE = 5_000;

    private final MarkdownTable table = new MarkdownTable("target", "measured", "");

    private Targets() {
    }

    static String ladder(BenchResult result) {
        double rate = ratio(result, ThroughputSample::perSecond);
        return new Targets().row("throughput at least %.2f of null-stateful", 0.80, "%.2f", rate, rate >= 0.80)
                .atMost("processor time per command at most %.2f of null-stateful's", 1.25, "%.2f",
                        ratio(result, sample -> sample.cpu().measured())).table.toString();
    }

    private static double ratio(BenchResult result, ToDoubleFunction<ThroughputSample> value) {
        return MedianRange.of(result.samplesOf("service"), value).median()
                / MedianRange.of(result.samplesOf("null-stateful"), value).median();
    }

    static String latency(BenchResult result) {
        Targets targets = new Targets();
        result.latencies().stream().filter(sample -> sample.perSecond() == RATE && sample.voided().isEmpty())
                .findFirst().map(LatencySample::millis).ifPresent(millis -> targets
                        .atMost("p99 at most %.0f ms at 5,000/s", 100, "%.0f ms", millis.get("p99"))
                        .atMost("p99.9 at most %.0f ms at 5,000/s", 200, "%.0f ms", millis.get("p99.9")));
        return targets.table.toString();
    }

    static String stepResult(BenchResult scale) {
        return new Targets().atMost("the result of a step at most %.0f µs", 40, "%.1f µs", scale.value(
                ScaleCurve.KINDS.title(), ReportStepSucceeded.class.getSimpleName(), CostByCommand.MICROS))
                .table.toString();
    }

    private Targets atMost(String target, double limit, String format, double measured) {
        return row(target, limit, format, measured, measured <= limit);
    }

    private Targets row(String target, double limit, String format, double measured, boolean met) {
        table.row(text(target, limit), text(format, measured), met ? "met" : "**missed**");
        return this;
    }
}
