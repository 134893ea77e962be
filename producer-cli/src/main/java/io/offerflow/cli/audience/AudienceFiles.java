package io.offerflow.cli.audience;

import picocli.CommandLine;

/** The verbs that move audiences to and from files. */
public final class AudienceFiles {

    private AudienceFiles() {
    }

    /** Adds them to the group of audience verbs. */
    public static void addTo(CommandLine group) {
        CommandLine importing = new CommandLine(new ImportCommand());
        importing.getCommandSpec().usageMessage().footer(ImportCommand.HELP.footer("audience import"));
        group.addSubcommand(importing);
        group.addSubcommand(new ExportCommand());
    }
}
