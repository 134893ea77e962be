package io.offerflow.bench;

import io.offerflow.bench.ladder.LadderCommand;
import io.offerflow.bench.latency.LatencyCommand;
import io.offerflow.bench.micro.MicroCommand;
import io.offerflow.bench.peer.PeerCommand;
import io.offerflow.bench.recovery.RecoveryCommand;
import io.offerflow.bench.replay.ReplayCommand;
import io.offerflow.bench.report.CompareCommand;
import io.offerflow.bench.report.ReportCommand;
import io.offerflow.bench.scale.CapacityCommand;
import io.offerflow.bench.scale.ScaleCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine;

/** Measurements, each a verb; started by {@code ./offerflow bench}. */
@Command(name = "offerflow bench", description = "Measures what the service costs, beside the limit and a peer.",
        mixinStandardHelpOptions = true, subcommands = {LadderCommand.class, LatencyCommand.class, PeerCommand.class,
                ScaleCommand.class, MicroCommand.class, ReplayCommand.class, RecoveryCommand.class,
                ReportCommand.class, CompareCommand.class, CapacityCommand.class})
public final class Bench {

    private Bench() {
    }

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The verbs; what cannot be measured is one sentence and exit code 1. */
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
