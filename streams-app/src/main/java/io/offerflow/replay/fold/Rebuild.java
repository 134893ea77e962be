package io.offerflow.replay.fold;

import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.replay.journal.FoldPosition;
import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.PartitionExecutor;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayHaltedException;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayRange;
import io.offerflow.replay.journal.ReplayStats;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Rebuilds the state of all offers from the journal: up to now, an instant, or an entry. */
public final class Rebuild {

    /**
     * The result for one partition.
     *
     * @param sha256 digest of the state, by {@link StateDigest}
     */
    public record RebuiltPartition(int partition, String sha256, ReplayStats stats) {
    }

    /**
     * The result.
     *
     * @param parts by partition
     */
    public record RebuildResult(List<RebuiltPartition> parts) {

        /** Of all partitions. */
        public ReplayStats totals() {
            return parts.stream().map(RebuiltPartition::stats).reduce(ReplayStats.NONE, ReplayStats::plus);
        }
    }

    private final Journal journal;
    private final SchemaRegistry registry;
    private final ReplayOptions options;

    public Rebuild(Journal journal, SchemaRegistry registry, ReplayOptions options) {
        this.journal = journal;
        this.registry = registry;
        this.options = options;
    }

    /**
     * Rebuilds the state, and writes it to the sink if there is one.
     *
     * @throws ReplayHaltedException at the first entry that cannot be applied safely; the sink is then not completed
     */
    public RebuildResult run(ReplayBound bound, Optional<StateSink> sink) throws InterruptedException {
        return run(bound, sink, (partition, position) -> { });
    }

    /** Receives how far the journal has come. */
    public interface PositionListener {
        /** Called for each partition, by several threads. */
        void position(int partition, FoldPosition position);
    }

    /** Does the same, and reports the position of each partition. */
    public RebuildResult run(ReplayBound bound, Optional<StateSink> sink, PositionListener positions)
            throws InterruptedException {
        PartitionExecutor partitions = new PartitionExecutor(journal, options);
        List<ReplayRange> ranges = partitions.begin(bound);
        List<RebuiltPartition> parts = partitions.execute(ranges, range -> {
            try (PartitionFold fold = fold(range, bound, ranges.size())) {
                partitions.read(range, record -> fold.add(record, (at, entry, before, after) -> { }));
                positions.position(range.partition(), fold.position());
                return rebuilt(range.partition(), fold, sink);
            }
        });
        sink.ifPresent(StateSink::complete);
        return new RebuildResult(parts.stream().sorted(Comparator.comparingInt(RebuiltPartition::partition)).toList());
    }

    private PartitionFold fold(ReplayRange range, ReplayBound bound, int partitions) {
        return new PartitionFold(registry, bound, range.snapshot(),
                options.temporary().resolve("partition-" + range.partition()), options.memoryPerPartition(partitions));
    }

    private static RebuiltPartition rebuilt(int partition, PartitionFold fold, Optional<StateSink> sink) {
        StateDigest digest = new StateDigest();
        if (sink.isPresent()) {
            try (StateSink.PartitionSink part = sink.get().part(partition)) {
                fold.visit(new TeeVisitor(digest, part));
            }
        } else {
            fold.visit(digest);
        }
        return new RebuiltPartition(partition, digest.hex(), fold.stats());
    }
}
