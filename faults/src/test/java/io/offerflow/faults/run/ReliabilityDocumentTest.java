package io.offerflow.faults.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.Golden;
import io.offerflow.faults.corruption.CorruptionReport;
import io.offerflow.faults.oracle.Promise;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/reliability.md shows the report that is kept in faults/results. */
class ReliabilityDocumentTest {

    private static final Path RESULTS = Path.of("results");

    @Test
    void theDocumentIsThatOfTheLastRun() {
        RunReport report = RunReport.read(RESULTS.resolve("cluster.json"));
        assertThat(report.keptAll()).as("the report that is kept is of a good run").isTrue();
        CorruptionReport corruption = CorruptionReport.readFrom(RESULTS).orElseThrow();
        assertThat(corruption.keptAll()).as("no change that is kept led to a wrong decision").isTrue();
        Golden.check("results/cluster.md", report.text(), "It is generated from cluster.json; run this test with "
                + "-Dgolden.update=true");
        Golden.check("../docs/reliability.md", ReliabilityDocument.of(report, corruption),
                "It is generated from cluster.json and corruption.json in faults/results; run "
                        + "this test with -Dgolden.update=true");
    }

    @Test
    void aReportThatIsReadAgainIsTheSame(@TempDir Path folder) {
        RunReport report = RunReport.read(RESULTS.resolve("cluster.json"));
        report.write(folder);
        assertThat(RunReport.read(folder.resolve("cluster.json"))).isEqualTo(report);
    }

    @Test
    void aReportOfChangesThatIsReadAgainIsTheSame(@TempDir Path folder) {
        CorruptionReport report = CorruptionReport.readFrom(RESULTS).orElseThrow();
        report.write(folder);
        assertThat(CorruptionReport.readFrom(folder)).contains(report);
        assertThat(report.with(report)).isEqualTo(report);
    }

    @Test
    void everyPromiseNamesAnOracle() {
        for (Promise promise : Promise.values()) {
            assertThat(Path.of("src/main/java/io/offerflow/faults/oracle", promise.oracle() + ".java")).exists();
        }
    }
}
