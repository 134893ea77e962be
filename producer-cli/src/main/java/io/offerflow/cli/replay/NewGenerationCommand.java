package io.offerflow.cli.replay;

import io.offerflow.cli.console.ApplicationIdOption;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.write.NewGeneration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rebuilds the service's stores under a new application id. */
@Command(name = "new-generation", description = {"Rebuild the service's stores from the journal under a new"
    + " application.id, after a change of the stored form or a loss of the changelogs.",
    "The old generation stays as it is: until the service is started with the new id, it can be started with the old"
        + " one again."},
        footer = {"", "Reads: offer-journal, the old group's offsets, the inputs after them.",
            "Writes, with --execute: the changelogs and offsets of the new id, in one transaction.",
            "Stop all instances first; afterwards start them with the new application.id. See docs/replay.md.",
            "", "offerflow replay new-generation --application-id offerflow --new-application-id offerflow-2"})
final class NewGenerationCommand extends ReplayVerb {

    @Mixin
    private ApplicationIdOption application;

    @Option(names = "--new-application-id", required = true, description = "The application.id that it gets.")
    private String newId;

    @Option(names = "--accept-loss", description = "Decide inputs again whose entries are missing at the end of the"
            + " journal. Without a copy of the journal there is no other way; ids of their events are assigned again.")
    private boolean acceptLoss;

    @Mixin
    private SnapshotOptions snapshots;

    @Mixin
    private ExecuteOption execute;

    @Override
    int run(KafkaReplayCluster clients, ReplayOptions options) throws Exception {
        NewGeneration generation = new NewGeneration(clients, beginning(snapshots, clients, options),
                application.id(), newId, acceptLoss);
        List<NewGeneration.PlannedChange> table = execute.isGiven() ? generation.run() : generation.plan();
        int width = table.stream().mapToInt(row -> row.what().length()).max().orElse(1);
        table.forEach(row -> out().printf("%-" + width + "s  %-12s  %s%n", row.what(), row.now(), row.after()));
        out().flush();
        tell(execute.isGiven() ? "Done. Start the service with application.id=%s now." : ExecuteOption.NOTHING_WRITTEN,
                newId);
        return ExitCode.DONE;
    }
}
