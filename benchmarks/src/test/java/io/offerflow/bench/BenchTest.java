package io.offerflow.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.offerflow.bench.result.Result;
import io.offerflow.bench.result.ResultFile;
import io.offerflow.bench.result.Sample;
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

    @Test
    void aLadderRunsEndToEndAndSavesItsNumbers() {
        Path file = folder.resolve("ladder.json");
        assertThat(run("ladder", "--commands", "3000", "--commit-interval", "10", "--offers", "40", "--partitions", "2", "--rounds", "1",
                "--rungs", "pass-through,decide", "--jvm", "-XX:TieredStopAtLevel=1", "--out", file.toString()))
                .as(err.toString()).isZero();
        Result saved = ResultFile.read(file, Result.class);
        assertThat(saved.subjects()).containsExactly("pass-through", "decide");
        assertThat(saved.samples()).extracting(Sample::perSecond).allSatisfy(rate -> assertThat(rate).isPositive());
        assertThat(saved.workload().orElseThrow().records()).isGreaterThan(2);
        assertThat(saved.command()).contains("--commands 3000");
        assertThat(run("compare", file.toString(), file.toString())).isZero();
        assertThat(out.toString()).contains("| pass-through, commands/s |", "| 1.00 |");
    }

    @Test
    void aRungThatDoesNotExistIsOneSentence() {
        assertThat(run("ladder", "--rungs", "rocket")).isOne();
        assertThat(err.toString().strip()).isEqualTo("offerflow bench: there is no rung \"rocket\"; there are raw, "
                + "pass-through, null-stateful, service, decide");
    }

    @Test
    void aFileThatIsNotThereIsOneSentence() {
        assertThat(run("compare", "gone.json", "gone.json")).isOne();
        assertThat(err.toString().strip()).isEqualTo("offerflow bench: cannot read gone.json; give the file of a saved "
                + "result");
    }

    private int run(String... arguments) {
        CommandLine bench = Bench.commandLine();
        bench.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return bench.execute(arguments);
    }
}
