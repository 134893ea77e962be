package io.offerflow.bench.subject;

import io.offerflow.bench.result.BenchException;
import io.offerflow.bench.result.Figure;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.replay.explain.Explain;
import io.offerflow.replay.fold.Rebuild;
import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.JournalIdentity;
import io.offerflow.replay.journal.KafkaReplayCluster;
import io.offerflow.replay.journal.OffsetRange;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.snapshot.SnapshotDirectory;
import io.offerflow.replay.snapshot.SnapshotWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** What replays cost from the beginning, and from a snapshot that the last hundredth of the journal is after. */
final class SnapshotFigures {

    private static final String GROUP = "replayed from";
    private static final double BEFORE_SNAPSHOT = 0.99;
    private static final int WARM_UP = 2;

    private final Journal journal;
    private final KafkaReplayCluster cluster;
    private final ReplayOptions options;
    private final Path directory;
    private final List<Figure> figures = new ArrayList<>();

    /** @param directory for the snapshots */
    SnapshotFigures(Journal journal, KafkaReplayCluster cluster, ReplayOptions options, Path directory) {
        this.journal = journal;
        this.cluster = cluster;
        this.options = options;
        this.directory = directory;
    }

    /**
     * The figures; what a replay gives has to be the same wherever it begins.
     *
     * @param expected the whole state
     */
    List<Figure> measure(int rounds, UnaryOperator<Rebuild.RebuildResult> expected) throws InterruptedException {
        JournalIdentity identity = identity();
        long begun = System.nanoTime();
        SnapshotWriter.WrittenSnapshot written = new SnapshotWriter(directory, identity, "bench").write(journal,
                cluster.registry(), options, new ReplayBound.AtEntries(journal.ranges().stream().collect(
                        Collectors.toMap(OffsetRange::partition, range -> (long) (range.to() * BEFORE_SNAPSHOT)))));
        figures.add(new Figure("the snapshot", "all partitions", Figure.named("seconds to write from the beginning",
                seconds(begun), "MiB", written.bytes() / (double) (1 << 20),
                "entries before it", written.state().totals().entries())));
        ReplayOptions snapshots = options.with(new SnapshotDirectory(directory, identity, line -> { }));
        OfferKey offer = offer();
        ReplayBound now = new ReplayBound.AtInstant(Instant.now());
        for (int round = -WARM_UP; round < rounds; round++) {
            Explain.OfferAtPoint whole = show("the beginning", round, options, offer, now);
            if (!show("the snapshot", round, snapshots, offer, now).equals(whole)) {
                throw new BenchException("an offer differs when it is shown from a snapshot");
            }
        }
        for (int round = 0; round < rounds; round++) {
            long rebuilding = System.nanoTime();
            Rebuild.RebuildResult rebuilt = expected.apply(new Rebuild(journal, cluster.registry(), snapshots)
                    .run(new ReplayBound.Latest(), Optional.empty()));
            figures.add(new Figure(GROUP, "rebuild from the snapshot", Map.of("seconds", seconds(rebuilding))));
            figures.add(new Figure("read after the snapshot", "all partitions",
                    Figure.named("entries", rebuilt.totals().entries())));
        }
        return figures;
    }

    private Explain.OfferAtPoint show(String from, int round, ReplayOptions used, OfferKey offer, ReplayBound bound) {
        long begun = System.nanoTime();
        Explain.OfferAtPoint shown = new Explain(journal, cluster.registry(), used).offerAt(offer, bound)
                .orElseThrow(() -> new BenchException("there is no offer %s".formatted(offer)));
        if (round >= 0) {
            figures.add(new Figure(GROUP, "show of one offer from " + from, Map.of("seconds", seconds(begun))));
        }
        return shown;
    }

    private JournalIdentity identity() throws InterruptedException {
        try (Admin admin = cluster.admin()) {
            return JournalIdentity.of(admin);
        }
    }

    /** The offer of the first entry that has one. */
    private OfferKey offer() {
        List<OfferKey> found = new ArrayList<>();
        journal.read(journal.ranges().getFirst(), record -> {
            record.key().flatMap(key -> OfferKey.parse(new String(key, StandardCharsets.UTF_8))).ifPresent(found::add);
            return found.isEmpty();
        });
        return found.getFirst();
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
