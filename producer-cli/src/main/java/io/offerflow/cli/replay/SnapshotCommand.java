package io.offerflow.cli.replay;

import io.offerflow.cli.console.CountOption;
import io.offerflow.cli.console.ExitCode;
import io.offerflow.replay.journal.JournalIdentity;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.snapshot.SnapshotProof;
import io.offerflow.replay.snapshot.SnapshotWriter;
import io.offerflow.runtime.BuildInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a snapshot of the state of all offers, or verifies the newest one. */
@Command(name = "snapshot", description = {"Write the state of all offers at the end of the journal to a directory."
    + " Other replays begin from it instead of at the first entry: rebuild, show, what-if, new-generation.",
    "It begins from the newest snapshot itself."},
        footer = {"", "Reads: offer-journal, the directory of --snapshots.",
            "Writes: a folder in that directory; it has its name when it is complete.",
            "Exit codes: 0 done, 6 the state from the snapshot is not that from the beginning.", "",
            "offerflow replay snapshot --snapshots /var/lib/offerflow/snapshots --keep 40",
            "offerflow replay snapshot --snapshots /var/lib/offerflow/snapshots --verify"})
final class SnapshotCommand extends ReplayVerb {

    @Mixin
    private SnapshotOptions snapshots;

    @Option(names = "--at", paramLabel = "PARTITION:OFFSET", description = "Up to an entry and including it, once per"
            + " partition (the end of the journal).")
    private List<String> at = List.of();

    @Option(names = "--keep", paramLabel = "NUMBER", converter = CountOption.class,
            description = "Delete all snapshots but the newest ones, after the new one is complete.")
    private Optional<Integer> kept;

    @Option(names = "--verify", description = "Write nothing; rebuild the present state from the newest snapshot and"
            + " from the beginning, and compare.")
    private boolean verify;

    @Override
    int run(KafkaReplayCluster clients, ReplayOptions options) throws Exception {
        Path directory = snapshots.directory().orElseThrow(() -> usage("--snapshots DIR is missing"));
        if (verify && !snapshots.areUsed()) {
            throw usage("--verify compares a snapshot with the beginning, and does not go with --from-beginning");
        }
        ReplayOptions begun = verify || Files.exists(directory) ? beginning(snapshots, clients, options) : options;
        return verify ? verify(clients, begun) : write(clients, begun, directory);
    }

    private int write(KafkaReplayCluster clients, ReplayOptions options, Path directory) throws InterruptedException {
        SnapshotWriter writer;
        try (Admin admin = clients.admin()) {
            writer = new SnapshotWriter(directory, JournalIdentity.of(admin), BuildInfo.ID);
        }
        long began = System.nanoTime();
        SnapshotWriter.WrittenSnapshot written = writer.write(clients.journal(), clients.registry(), options, until());
        out().println(written.folder());
        out().flush();
        tell(written.existed() ? "The snapshot exists: the journal has no new entries."
                : "%,d offers, %,d KiB, in %.1f s; %,d entries were read.", written.state().totals().offers(),
                written.bytes() >> 10, (System.nanoTime() - began) / 1e9, written.state().totals().entries());
        kept.ifPresent(number -> writer.deleteAllBut(number).forEach(name -> tell("Deleted snapshot %s.", name)));
        return ExitCode.DONE;
    }

    private ReplayBound until() {
        try {
            ReplayBound until = ReplayPointParser.until(at);
            if (until instanceof ReplayBound.AtInstant) {
                throw usage("--at takes PARTITION:OFFSET: at an instant, a partition is not at one position");
            }
            return until;
        } catch (IllegalArgumentException e) {
            throw usage("%s", e.getMessage());
        }
    }

    private int verify(KafkaReplayCluster clients, ReplayOptions options) throws InterruptedException {
        List<SnapshotProof.ProvenPartition> proven = SnapshotProof.run(clients.journal(), clients.registry(), options);
        out().printf("%-10s %-64s  %s%n", "partition", "sha-256 from the snapshot", "from the beginning");
        proven.forEach(part -> out().printf("%-10d %-64s  %s%n", part.partition(), part.fromSnapshot(),
                part.isEqual() ? "the same" : part.fromBeginning()));
        out().flush();
        long different = proven.stream().filter(part -> !part.isEqual()).count();
        tell(different == 0 ? "The snapshot with the entries after it gives the state from the beginning."
                : "%,d partitions differ: delete the snapshot.", different);
        return different == 0 ? ExitCode.DONE : ExitCode.DIFFERENT;
    }
}
