package io.offerflow.bench.report;

import static io.offerflow.bench.result.MarkdownTable.text;

import io.offerflow.avro.ReportStepSucceeded;
import io.offerflow.bench.harness.Harness;
import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.MarkdownTable;
import io.offerflow.bench.run.CpuWindow;
import io.offerflow.bench.scale.CostByCommand;
import io.offerflow.bench.scale.ScaleCurve;
import io.offerflow.bench.subject.LatencyCommand;

/** The targets of the project compared with measured values. */
final class Targets {

    private static final String RATE = "5,000";

    private final MarkdownTable table = new MarkdownTable("target", "measured", "");

    private Targets() {
    }

    static String ladder(BenchResult result) {
        double rate = ratio(result, Harness.PER_SECOND);
        return new Targets().row("throughput at least %.2f of null-stateful", 0.80, "%.2f", rate, rate >= 0.80)
                .atMost("processor time per command at most %.2f of null-stateful's", 1.25, "%.2f",
                        ratio(result, CpuWindow.MEASURED)).table.toString();
    }

    private static double ratio(BenchResult result, String name) {
        return result.median(Harness.SUBJECT, "service", name) / result.median(Harness.SUBJECT, "null-stateful", name);
    }

    static String latency(BenchResult result) {
        Targets targets = new Targets();
        if (result.of(LatencyCommand.RATES).stream().anyMatch(figure -> figure.point().equals(RATE))) { // and not void
            targets.atMost("p99 at most %.0f ms at 5,000/s", 100, "%.0f ms",
                    result.median(LatencyCommand.RATES, RATE, "p99 ms")).atMost("p99.9 at most %.0f ms at 5,000/s", 200,
                    "%.0f ms", result.median(LatencyCommand.RATES, RATE, "p99.9 ms"));
        }
        return targets.table.toString();
    }

    static String stepResult(BenchResult scale) {
        return new Targets().atMost("the result of a step at most %.0f µs", 40, "%.1f µs", scale.median(
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
