package io.offerflow.cli.replay;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** What can be made again from the journal. */
@Command(name = "replay", synopsisSubcommandLabel = "VERB",
        description = {"Make state, outputs and decisions again from the journal, exactly as they were, or ask what would"
            + " have been decided by other rules.", "Nothing is written to a cluster without --execute."},
        subcommands = {RebuildCommand.class, ShowCommand.class, ExplainCommand.class, WhatIfCommand.class,
            RepublishCommand.class, NewGenerationCommand.class, RetryCommand.class},
        footer = {"", "docs/replay.md is the guide.", "Exit codes: 0 done, 1 failure, 2 usage, 6 differences."})
public final class ReplayCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which verb?");
    }
}
