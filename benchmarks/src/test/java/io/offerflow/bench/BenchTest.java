package io.offerflow.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.result.Figure;
import io.offerflow.bench.run.CpuWindow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchTest {

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** The service has to pass the check of the harness, and so has a subject without its rules. */
    @Test
    void ladderRunsEndToEndAndSavesItsResult() {
        Path file = folder.resolve("ladder.json");
        assertThat(run("ladder", "--commands", "1200", "--commit-interval", "10", "--offers", "40", "--partitions", "2",
                "--rounds", "1", "--subjects", "null-stateful,service,decide", "--jvm", "-XX:TieredStopAtLevel=1",
                "--out", file.toString())).as(err.toString()).isZero();
        BenchResult saved = BenchResult.read(file);
        assertThat(saved.of("subject")).extracting(Figure::point).containsExactly("null-stateful", "service", "decide");
        assertThat(saved.of("subject")).allSatisfy(figure -> {
            assertThat(figure.values().get("commands/s")).isPositive();
            assertThat(figure.values().get("commands")).isBetween(1.0, 900.0);
        });
        assertThat(saved.of("subject").get(1).values())
                .containsKeys(CpuWindow.APP, CpuWindow.BROKER, CpuWindow.CHECKER);
        assertThat(saved.median("workload", "all commands", "output records")).isGreaterThan(2);
        assertThat(saved.run().settings()).containsEntry("commit-interval", "10").containsEntry("zipf", "0.99");
        assertThat(saved.run().command()).contains("--commands 1200").doesNotContain("--out");
        assertThat(run("compare", file.toString(), file.toString())).isZero();
        assertThat(out.toString()).contains("| subject service, commands/s |", "| 1.00 |");
    }

    @Test
    void unknownSubjectIsOneSentence() {
        assertThat(run("ladder", "--subjects", "rocket")).isOne();
        assertThat(err.toString().strip()).isEqualTo("offerflow bench: there is no subject \"rocket\"; there are raw, "
                + "pass-through, null-stateful, service, decide");
    }

    @Test
    void missingFileIsOneSentence() {
        assertThat(run("compare", "gone.json", "gone.json")).isOne();
        assertThat(err.toString().strip()).isEqualTo("offerflow bench: cannot read gone.json; give the file of a saved "
                + "result");
    }

    @Test
    void helpNamesTheDefaultsOfSharedOptions() {
        assertThat(run("replay", "--help")).isZero();
        assertThat(out.toString()).contains("Number of commands of each run.", "Default: 400000", "--folder", "--out");
    }

    private int run(String... arguments) {
        CommandLine bench = Bench.commandLine();
        bench.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return bench.execute(arguments);
    }
}
