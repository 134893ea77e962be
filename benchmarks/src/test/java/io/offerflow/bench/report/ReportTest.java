package io.offerflow.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.BenchResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Path DOCS = Path.of("..", "docs");

    @TempDir
    private Path folder;

    @Test
    void performanceDocumentHasTheTablesOfTheSavedResults() throws IOException {
        check(new ReportDocuments(Path.of("results")), DOCS.resolve("performance.md"),
                "Run ./offerflow bench report and look at what it changed.");
    }

    @Test
    void capacityDocumentHasTheTablesOfTheSavedResults() throws IOException {
        check(new ReportDocuments(Path.of("results")), DOCS.resolve("capacity.md"),
                "Run ./offerflow bench report and look at what it changed.");
    }

    /** The golden document has a table of each kind, one of them without a result. */
    @Test
    void everyKindOfResultHasItsTable() throws IOException {
        Results.ladder(26_000).write(folder.resolve("ladder.json"));
        Results.latency().write(folder.resolve("latency.json"));
        Results.recovery().write(folder.resolve("recovery.json"));
        Path golden = Path.of("src", "test", "resources", "report");
        check(new ReportDocuments(folder), golden.resolve("performance.md"),
                "If that is meant, write the golden files again with -Dgolden.update=true.");
    }

    @Test
    void unknownTableIsAnError() {
        assertThatThrownBy(() -> new ReportDocuments(folder).renew("<!-- table: nothing -->\n"))
                .isInstanceOf(BenchException.class).hasMessage("there is no table \"nothing\"");
        Results.ladder(26_000).write(folder.resolve("ladder.json"));
        assertThatThrownBy(() -> new ReportDocuments(folder).renew("<!-- table: ladder: nothing -->\n"))
                .isInstanceOf(BenchException.class).hasMessage("there is no table \"ladder: nothing\"");
    }

    @Test
    void differenceWithinTheSpreadIsMarked() {
        assertThat(ResultComparison.of(Results.ladder(26_000), Results.ladder(26_100)))
                .contains("| subject service, commands/s | 26,260 | 26,361 | 1.00 | within the spread |");
        assertThat(ResultComparison.of(Results.ladder(26_000), Results.ladder(52_000)))
                .contains("| subject service, commands/s | 26,260 | 52,520 | 2.00 |  |");
    }

    @Test
    void resultsOfDifferentVerbsAreNotCompared() {
        assertThatThrownBy(() -> ResultComparison.of(Results.ladder(1), Results.latency()))
                .isInstanceOf(BenchException.class)
                .hasMessage("a result of latency cannot be compared with one of ladder");
    }

    private static void check(ReportDocuments documents, Path document, String meaning) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            documents.renew(document);
        }
        String text = Files.readString(document);
        assertThat(documents.renew(text)).as("%s differs from the results. %s", document, meaning).isEqualTo(text);
    }
}
