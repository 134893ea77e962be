package io.offerflow.replay.journal;

import java.nio.file.Path;

/**
 * Resources of a replay.
 *
 * @param threads partitions that are replayed at the same time
 * @param memory bytes of memory for the states of all partitions in progress; what exceeds it is spilled to disk
 * @param temporary folder for spilled state, which the replay deletes
 * @param snapshots from which the replay may begin
 */
public record ReplayOptions(int threads, long memory, Path temporary, ReplayProgress progress, Snapshots snapshots) {

    /** A replay from the beginning of the journal. */
    public ReplayOptions(int threads, long memory, Path temporary, ReplayProgress progress) {
        this(threads, memory, temporary, progress, Snapshots.NONE);
    }

    /** One thread per processor, and half of the heap. */
    public static ReplayOptions defaults(Path temporary) {
        Runtime runtime = Runtime.getRuntime();
        return new ReplayOptions(runtime.availableProcessors(), runtime.maxMemory() / 2, temporary,
                ReplayProgress.NONE);
    }

    /** These options with a listener for progress. */
    public ReplayOptions with(ReplayProgress other) {
        return new ReplayOptions(threads, memory, temporary, other, snapshots);
    }

    /** These options with snapshots from which the replay may begin. */
    public ReplayOptions with(Snapshots others) {
        return new ReplayOptions(threads, memory, temporary, progress, others);
    }

    /** Bytes of memory for the state of one of so many partitions. */
    public long memoryPerPartition(int partitions) {
        return memory / Math.max(1, Math.min(threads, partitions));
    }
}
