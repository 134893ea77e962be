package io.offerflow.replay.journal;

import java.nio.file.Path;

/**
 * Resources of a replay.
 *
 * @param threads partitions that are replayed at the same time
 * @param memory bytes of memory for the states of all partitions in progress; what exceeds it is spilled to disk
 * @param temporary folder for spilled state, which the replay deletes
 */
public record ReplayOptions(int threads, long memory, Path temporary, ReplayProgress progress) {

    /** One thread per processor, and half of the heap. */
    public static ReplayOptions defaults(Path temporary) {
        Runtime runtime = Runtime.getRuntime();
        return new ReplayOptions(runtime.availableProcessors(), runtime.maxMemory() / 2, temporary,
                ReplayProgress.NONE);
    }

    /** These options with a listener for progress. */
    public ReplayOptions with(ReplayProgress other) {
        return new ReplayOptions(threads, memory, temporary, other);
    }

    /** Bytes of memory for the state of one of so many partitions. */
    public long memoryPerPartition(int partitions) {
        return memory / Math.max(1, Math.min(threads, partitions));
    }
}
