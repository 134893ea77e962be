package io.offerflow.bench;

import io.offerflow.bench.micro.MicroCommand;
import io.offerflow.bench.peer.PeerCommand;
import io.offerflow.bench.report.CompareCommand;
import io.offerflow.bench.report.ReportCommand;
import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.scale.ScaleCommand;
import io.offerflow.bench.subject.LadderCommand;
import io.offerflow.bench.subject.LatencyCommand;
import io.offerflow.bench.subject.RecoveryCommand;
import io.offerflow.bench.subject.ReplayRateCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine;

/** The measurements, each a verb of {@code ./offerflow bench}. */
@Command(name = "offerflow bench", description = "Measures the cost of the service and of simpler programs.",
        mixinStandardHelpOptions = true, subcommands = {LadderCommand.class, LatencyCommand.class, PeerCommand.class,
                ScaleCommand.class, MicroCommand.class, ReplayRateCommand.class, RecoveryCommand.class,
                ReportCommand.class, CompareCommand.class, ReportCommand.CapacityCommand.class})
public final class Bench {

    private Bench() {
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The verbs; a {@link BenchException} becomes one sentence and exit code 1. */
    static CommandLine commandLine() {
        return new CommandLine(new Bench()).setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!(failure instanceof BenchException)) {
                throw failure;
            }
            command.getErr().println("offerflow bench: " + failure.getMessage());
            return 1;
        });
    }
}
