package io.offerflow.cli.audience;

import picocli.CommandLine;

/** The verbs that speak of audiences as files. */
public final class AudienceFiles {

    private AudienceFiles() {
    }

    /** Adds them to the group of the verbs for audiences. */
    public static void addTo(CommandLine group) {
        group.addSubcommand(new ImportCommand());
        group.addSubcommand(new ExportCommand());
    }
}
