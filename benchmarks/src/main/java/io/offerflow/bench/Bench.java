package io.offerflow.bench;

import io.offerflow.bench.http.GatewayLoadCommand;
import io.offerflow.bench.micro.MicroCommand;
import io.offerflow.bench.peer.PeerCommand;
import io.offerflow.bench.report.ReportDocuments;
import io.offerflow.bench.report.ResultComparison;
import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.BenchResult;
import io.offerflow.bench.scale.ScaleCommand;
import io.offerflow.bench.subject.LadderCommand;
import io.offerflow.bench.subject.LatencyCommand;
import io.offerflow.bench.subject.RecoveryCommand;
import io.offerflow.bench.subject.ReplayRateCommand;
import io.offerflow.sandbox.host.SandboxException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The measurements, each a verb of {@code ./offerflow bench}, and verbs that show what they saved. */
@Command(name = "offerflow bench", description = "Measures the cost of the service and of simpler programs.",
        mixinStandardHelpOptions = true, subcommands = {LadderCommand.class, LatencyCommand.class, PeerCommand.class,
                ScaleCommand.class, MicroCommand.class, ReplayRateCommand.class, RecoveryCommand.class,
                GatewayLoadCommand.class})
public final class Bench {

    private static final String HOME = "${sys:offerflow.home:-.}/";

    @Spec
    private CommandSpec spec;

    private Bench() {
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The verbs; a failure of the benchmark or of a process that it starts is one sentence and exit code 1. */
    static CommandLine commandLine() {
        return new CommandLine(new Bench()).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!(failure instanceof BenchException || failure instanceof SandboxException)) {
                throw failure;
            }
            command.getErr().println("offerflow bench: " + failure.getMessage());
            return 1;
        });
    }

    @Command(name = "report", aliases = "capacity", mixinStandardHelpOptions = true, showDefaultValues = true,
            description = "Writes the tables of docs/performance.md and docs/capacity.md from saved results.")
    void report(@Option(names = "--results", defaultValue = HOME + "benchmarks/results",
            description = "Folder of the saved results.") Path results, @Option(names = "--docs",
            defaultValue = HOME + "docs", description = "Folder of the documents.") Path docs) {
        ReportDocuments documents = new ReportDocuments(results);
        documents.renew(docs.resolve("performance.md"));
        documents.renew(docs.resolve("capacity.md"));
    }

    @Command(name = "compare", mixinStandardHelpOptions = true, description = "Ratios of a new result to a saved one.")
    void compare(@Parameters(paramLabel = "SAVED.json", description = "The saved result.") Path saved,
            @Parameters(paramLabel = "NEW.json", description = "The new result.") Path fresh) {
        spec.commandLine().getOut().print(ResultComparison.of(BenchResult.read(saved), BenchResult.read(fresh)));
        spec.commandLine().getOut().flush();
    }
}
