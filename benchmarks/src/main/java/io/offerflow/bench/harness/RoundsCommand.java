package io.offerflow.bench.harness;

import picocli.CommandLine.Option;

/** A verb that runs its subjects in turn, in rounds. */
public abstract class RoundsCommand extends HarnessCommand {

    @Option(names = "--commands", description = "Number of commands of each run.")
    private int commands;

    @Option(names = "--rounds", defaultValue = "5", description = "Number of runs of each subject.")
    private int rounds;

    protected RoundsCommand(int commands) {
        this.commands = commands;
    }

    protected final int commands() {
        return commands;
    }

    protected final int rounds() {
        return rounds;
    }
}
