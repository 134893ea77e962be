package io.offerflow.cli.replay;

import io.offerflow.cli.console.ExitCode;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.write.NewGeneration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stores built anew. */
@Command(name = "new-generation", description = {"Give the service stores that are built anew from the journal, under a"
    + " new application.id, after a change of what is stored or a loss of its changelogs.",
    "The old generation stays as it is: starting the service with the old id is the way back, as long as the new one"
        + " has not been started."},
        footer = {"", "Reads: offer-journal, the old group's offsets, the inputs behind them.",
            "Writes, with --execute: the changelogs and offsets of the new id, in one transaction.",
            "Stop all instances first; afterwards start them with the new application.id. docs/replay.md has the steps.",
            "", "offerflow replay new-generation --application-id offerflow --new-application-id offerflow-2"})
final class NewGenerationCommand extends ReplayVerb {

    @Option(names = "--application-id", defaultValue = "offerflow",
            description = "The service's application.id now (${DEFAULT-VALUE}).")
    private String oldId;

    @Option(names = "--new-application-id", required = true, description = "The one it is started with afterwards.")
    private String newId;

    @Option(names = "--execute", description = "Do it. Otherwise it is only checked and told.")
    private boolean execute;

    @Override
    int run(KafkaReplayCluster clients, ReplayOptions options) throws Exception {
        NewGeneration generation = new NewGeneration(clients, options, oldId, newId);
        List<NewGeneration.PlannedChange> table = execute ? generation.run() : generation.plan();
        int width = table.stream().mapToInt(row -> row.what().length()).max().orElse(1);
        table.forEach(row -> out().printf("%-" + width + "s  %-12s  %s%n", row.what(), row.now(), row.after()));
        out().flush();
        err().println(execute ? "Done. Start the service with application.id=%s now.".formatted(newId)
                : "Nothing was written: that takes --execute.");
        err().flush();
        return ExitCode.DONE;
    }
}
