package io.offerflow.bench.harness;

import java.util.Map;
import picocli.CommandLine.Option;

/** Options of the verbs that run their subjects in turn, in rounds. */
public final class RoundOptions {

    @Option(names = "--commands", description = "Number of commands of each run.")
    private int commands;

    @Option(names = "--rounds", defaultValue = "5", description = "Number of runs of each subject.")
    private int rounds;

    public RoundOptions(int commands) {
        this.commands = commands;
    }

    public int commands() {
        return commands;
    }

    public int rounds() {
        return rounds;
    }

    public Map<String, Object> settings() {
        return Map.of("commands", commands, "rounds", rounds);
    }
}
