package io.offerflow.bench.report;

import static io.offerflow.bench.result.MarkdownTable.text;

import io.offerflow.avro.ReportStepSucceeded;
import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.MarkdownTable;
import io.offerflow.bench.result.MedianRange;
import io.offerflow.bench.result.ThroughputSample;
import io.offerflow.bench.scale.CostByCommand;
import io.offerflow.bench.scale.ScaleCurve;
import java.util.function.ToDoubleFunction;

/** The targets of the project compared with measured values. */
final class Targets {

    private static final double THROUGHPUT = 0.80;
    private static final double CPU = 1.25;
    private static final int RATE = 5_000;
    private static final double P99 = 100;
    private static final double P999 = 200;
    private static final double STEP_RESULT = 40;

    private Targets() {
    }

    private static MarkdownTable table() {
        return new MarkdownTable("target", "measured", "");
    }

    private static void row(MarkdownTable table, String target, String measured, boolean met) {
        table.row(target, measured, met ? "met" : "**missed**");
    }

    static String ladder(BenchResult result) {
        double rate = ratio(result, ThroughputSample::perSecond);
        double cpu = ratio(result, sample -> sample.cpu().measured());
        MarkdownTable table = table();
        row(table, text("throughput at least %.2f of null-stateful", THROUGHPUT), text("%.2f", rate),
                rate >= THROUGHPUT);
        row(table, text("processor time per command at most %.2f of null-stateful's", CPU), text("%.2f", cpu),
                cpu <= CPU);
        return table.toString();
    }

    private static double ratio(BenchResult result, ToDoubleFunction<ThroughputSample> value) {
        return MedianRange.of(result.samplesOf("service"), value).median()
                / MedianRange.of(result.samplesOf("null-stateful"), value).median();
    }

    static String latency(BenchResult result) {
        MarkdownTable table = table();
        result.latencies().stream().filter(sample -> sample.perSecond() == RATE && sample.voided().isEmpty())
                .findFirst().ifPresent(sample -> {
                    double p99 = sample.millis().get("p99");
                    double p999 = sample.millis().get("p99.9");
                    row(table, text("p99 at most %.0f ms at %,d/s", P99, RATE), text("%.0f ms", p99), p99 <= P99);
                    row(table, text("p99.9 at most %.0f ms at %,d/s", P999, RATE), text("%.0f ms", p999), p999 <= P999);
                });
        return table.toString();
    }

    static String stepResult(BenchResult scale) {
        double micros = scale.value(ScaleCurve.KINDS.title(), ReportStepSucceeded.class.getSimpleName(),
                CostByCommand.MICROS);
        MarkdownTable table = table();
        row(table, text("the result of a step at most %.0f µs", STEP_RESULT), text("%.1f µs", micros),
                micros <= STEP_RESULT);
        return table.toString();
    }
}
