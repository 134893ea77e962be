package io.offerflow.replay;

import io.offerflow.contract.registry.SchemaRegistry;
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
    public record Part(int partition, String sha256, Totals totals) {
    }

    /**
     * What was made.
     *
     * @param parts by partition
     */
    public record Result(List<Part> parts) {

        /** Of all partitions together. */
        public Totals totals() {
            return parts.stream().map(Part::totals).reduce(Totals.NONE, Totals::plus);
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
     * @throws StoppedException at the first entry that cannot be folded for sure; then nothing was completed
     */
    public Result run(Until until, Optional<StateSink> sink) throws InterruptedException {
        return run(until, sink, (partition, inputs) -> { });
    }

    /** Is told how far the journal has come. */
    interface Inputs {
        /** Offset of the newest input of each topic that a partition has; called by several threads. */
        void newest(int partition, Map<String, Long> inputs);
    }

    Result run(Until until, Optional<StateSink> sink, Inputs inputs) throws InterruptedException {
        Partitions partitions = new Partitions(journal, options);
        List<Stretch> stretches = partitions.stretches(until);
        List<Part> parts = partitions.each(stretches, stretch -> {
            try (PartitionFold fold = fold(stretch, until, stretches.size())) {
                partitions.read(stretch, record -> fold.add(record, (at, line, before, after) -> { }));
                inputs.newest(stretch.partition(), fold.inputs());
                return part(stretch.partition(), fold, sink);
            }
        });
        sink.ifPresent(StateSink::complete);
        return new Result(parts.stream().sorted(Comparator.comparingInt(Part::partition)).toList());
    }

    private PartitionFold fold(Stretch stretch, Until until, int partitions) {
        return new PartitionFold(registry, until, options.temporary().resolve("partition-" + stretch.partition()),
                options.memoryOfEach(partitions));
    }

    private static Part part(int partition, PartitionFold fold, Optional<StateSink> sink) {
        StateDigest digest = new StateDigest();
        if (sink.isPresent()) {
            try (StateSink.Part part = sink.get().part(partition)) {
                fold.visit(new Both(digest, part));
            }
        } else {
            fold.visit(digest);
        }
        return new Part(partition, digest.hex(), fold.totals());
    }
}
