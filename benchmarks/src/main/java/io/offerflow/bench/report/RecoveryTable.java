package io.offerflow.bench.report;

import static io.offerflow.bench.report.LadderTable.share;
import static io.offerflow.bench.report.LadderTable.text;

import io.offerflow.bench.result.RecoverySample;
import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.Spread;
import java.util.List;

/** Recoveries as a Markdown table. */
public final class RecoveryTable {

    private RecoveryTable() {
    }

    public static String of(Result result) {
        StringBuilder table = new StringBuilder("""
                | what was done | times | to the next committed outcome, median (max) | records restored | records/s \
                | harness |
                |---|---|---|---|---|---|
                """);
        for (String kind : result.recoveries().stream().map(RecoverySample::kind).distinct().toList()) {
            List<RecoverySample> samples = result.recoveries().stream()
                    .filter(each -> each.kind().equals(kind)).toList();
            Spread seconds = Spread.of(samples.stream().map(RecoverySample::seconds).toList());
            double restored = Spread.of(samples.stream().map(each -> (double) each.restored()).toList()).median();
            double rate = Spread.of(samples.stream().map(RecoverySample::restoredPerSecond).toList()).median();
            double harness = Spread.of(samples.stream().map(RecoverySample::harnessShare).toList()).median();
            table.append(text("| %s | %d | %.1f s (%.1f s) | %s | %s | %s |%n", kind, samples.size(), seconds.median(),
                    seconds.max(), restored == 0 ? "–" : text("%,.0f", restored),
                    rate == 0 ? "–" : text("%,.0f", rate), share(harness)));
        }
        return table.toString();
    }
}
