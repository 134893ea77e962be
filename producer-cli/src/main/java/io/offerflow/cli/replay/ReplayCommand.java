package io.offerflow.cli.replay;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** The group of the replay verbs. */
@Command(name = "replay", synopsisSubcommandLabel = "VERB",
        description = {"Rebuild state, outputs and decisions from the journal, exactly as they were, or show what other"
            + " rules would have decided.", "Nothing is written to a cluster without --execute."},
        subcommands = {RebuildCommand.class, ShowCommand.class, ExplainCommand.class, WhatIfCommand.class,
            RepublishCommand.class, NewGenerationCommand.class, RetryCommand.class, SnapshotCommand.class},
        footer = {"", "docs/replay.md is the guide.", "Exit codes: 0 done, 1 failure, 2 usage, 6 differences."})
public final class ReplayCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which verb?");
    }
}
