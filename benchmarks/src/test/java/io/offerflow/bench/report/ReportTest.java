package io.offerflow.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.offerflow.bench.BenchException;
import io.offerflow.bench.result.ResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    private Path folder;

    @Test
    void theDocumentIsWhatTheSavedResultsGive() throws IOException {
        check(Path.of("results"), Path.of("..", "docs"), "Run ./offerflow bench report and look at what it changed.");
    }

    @Test
    void everyKindOfResultHasItsTableAndPlot() throws IOException {
        ResultFile.write(folder.resolve("ladder.json"), Results.ladder(26_000));
        ResultFile.write(folder.resolve("latency.json"), Results.latency());
        ResultFile.write(folder.resolve("recovery.json"), Results.recovery());
        check(folder, Path.of("src", "test", "resources", "report"), "If that is meant, look at the golden files and "
                + "write them anew with -Dgolden.update=true.");
    }

    @Test
    void aDifferenceWithinTheSpreadIsMarkedAsSuch() {
        assertThat(Comparison.of(Results.ladder(26_000), Results.ladder(26_100)))
                .contains("| service, commands/s | 26,260.0 | 26,361.0 | 1.00 | within the spread |");
        assertThat(Comparison.of(Results.ladder(26_000), Results.ladder(52_000)))
                .contains("| service, commands/s | 26,260.0 | 52,520.0 | 2.00 |  |");
    }

    @Test
    void resultsOfDifferentVerbsAreNotCompared() {
        assertThatThrownBy(() -> Comparison.of(Results.ladder(1), Results.latency())).isInstanceOf(BenchException.class)
                .hasMessage("a result of latency cannot be compared with one of ladder");
    }

    private static void check(Path results, Path golden, String meaning) throws IOException {
        for (var file : PerformanceDocument.files(results).entrySet()) {
            Path path = golden.resolve(file.getKey());
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(golden);
                Files.writeString(path, file.getValue());
            }
            assertThat(path).as("%s is missing. %s", path, meaning).exists();
            assertThat(file.getValue()).as("%s differs from what the saved results give. %s", path, meaning)
                    .isEqualTo(Files.readString(path));
        }
    }
}
