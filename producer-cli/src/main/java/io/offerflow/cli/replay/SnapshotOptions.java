package io.offerflow.cli.replay;

import io.offerflow.replay.journal.JournalIdentity;
import io.offerflow.replay.journal.ReplayCluster;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.snapshot.SnapshotDirectory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Option;

/** The options for the snapshots from which a replay begins. */
public final class SnapshotOptions {

    private static final String VARIABLE = "OFFERFLOW_CLI_SNAPSHOTS";

    @Option(names = "--snapshots", paramLabel = "DIR", description = "Begin from the newest snapshot in this directory"
            + " that is not after what is asked (" + VARIABLE + ").")
    private Optional<Path> directory = Optional.empty();

    @Option(names = "--from-beginning", description = "Begin at the first entry of the journal, not from a snapshot.")
    private boolean fromBeginning;

    /** The directory of snapshots, if there is one. */
    Optional<Path> directory() {
        return directory.or(() -> Optional.ofNullable(System.getenv(VARIABLE)).map(Path::of));
    }

    /** Whether a replay may begin from a snapshot. */
    boolean areUsed() {
        return directory().isPresent() && !fromBeginning;
    }

    /**
     * The options of a replay that begins from a snapshot, if there is a directory of them.
     *
     * @param report receives a sentence for each snapshot that is used or skipped
     */
    ReplayOptions apply(ReplayOptions options, ReplayCluster cluster, Consumer<String> report)
            throws InterruptedException {
        if (!areUsed()) {
            return options;
        }
        try (Admin admin = cluster.admin()) {
            return options.with(new SnapshotDirectory(directory().get(), JournalIdentity.of(admin), report));
        }
    }
}
