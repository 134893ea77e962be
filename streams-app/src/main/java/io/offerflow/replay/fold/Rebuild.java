package io.offerflow.replay.fold;

import io.offerflow.contract.registry.SchemaRegistry;
import io.offerflow.replay.journal.Journal;
import io.offerflow.replay.journal.OffsetRange;
import io.offerflow.replay.journal.PartitionExecutor;
import io.offerflow.replay.journal.ReplayBound;
import io.offerflow.replay.journal.ReplayHaltedException;
import io.offerflow.replay.journal.ReplayOptions;
import io.offerflow.replay.journal.ReplayStats;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the state of all offers anew from the journal: now, at an instant, or at an entry. */
public final class Rebuild {

    /**
     * What was made of one partition.
     *
     * @param sha256 digest of its state, keys and values
     */
    public record RebuiltPartition(int partition, String sha256, ReplayStats totals) {
    }

    /**
     * What was made.
     *
     * @param parts by partition
     */
    public record RebuildResult(List<RebuiltPartition> parts) {

        /** Of all partitions together. */
        public ReplayStats totals() {
            return parts.stream().map(RebuiltPartition::totals).reduce(ReplayStats.NONE, ReplayStats::plus);
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
     * Rebuilds and hands the state over, if there is somebody who wants it.
     *
     * @throws ReplayHaltedException at the first entry that cannot be folded for sure; then nothing was completed
     */
    public RebuildResult run(ReplayBound until, Optional<StateSink> sink) throws InterruptedException {
        return run(until, sink, (partition, inputs) -> { });
    }

    /** Is told how far the journal has come. */
    public interface Inputs {
        /** Offset of the newest input of each topic that a partition has; called by several threads. */
        void newest(int partition, Map<String, Long> inputs);
    }

    public RebuildResult run(ReplayBound until, Optional<StateSink> sink, Inputs inputs) throws InterruptedException {
        PartitionExecutor partitions = new PartitionExecutor(journal, options);
        List<OffsetRange> stretches = partitions.stretches(until);
        List<RebuiltPartition> parts = partitions.each(stretches, stretch -> {
            try (PartitionFold fold = fold(stretch, until, stretches.size())) {
                partitions.read(stretch, record -> fold.add(record, (at, line, before, after) -> { }));
                inputs.newest(stretch.partition(), fold.inputs());
                return part(stretch.partition(), fold, sink);
            }
        });
        sink.ifPresent(StateSink::complete);
        return new RebuildResult(parts.stream().sorted(Comparator.comparingInt(RebuiltPartition::partition)).toList());
    }

    private PartitionFold fold(OffsetRange stretch, ReplayBound until, int partitions) {
        return new PartitionFold(registry, until, options.temporary().resolve("partition-" + stretch.partition()),
                options.memoryOfEach(partitions));
    }

    private static RebuiltPartition part(int partition, PartitionFold fold, Optional<StateSink> sink) {
        StateDigest digest = new StateDigest();
        if (sink.isPresent()) {
            try (StateSink.PartitionSink part = sink.get().part(partition)) {
                fold.visit(new TeeVisitor(digest, part));
            }
        } else {
            fold.visit(digest);
        }
        return new RebuiltPartition(partition, digest.hex(), fold.totals());
    }
}
