package io.offerflow.replay.journal;

import java.nio.file.Path;

/**
 * How a replay runs.
 *
 * @param threads partitions that are replayed at a time
 * @param memory bytes that states may take in memory, all partitions that are at work together; beyond it, disk
 * @param temporary folder for what does not fit into memory; what a replay puts there it deletes
 */
public record ReplayOptions(int threads, long memory, Path temporary, ReplayProgress progress) {

    /** As many threads as processors, and half of the heap. */
    public static ReplayOptions defaults(Path temporary) {
        Runtime machine = Runtime.getRuntime();
        return new ReplayOptions(machine.availableProcessors(), machine.maxMemory() / 2, temporary, ReplayProgress.NONE);
    }

    /** The same with somebody who looks on. */
    public ReplayOptions with(ReplayProgress other) {
        return new ReplayOptions(threads, memory, temporary, other);
    }

    public long memoryOfEach(int partitions) {
        return memory / Math.max(1, Math.min(threads, partitions));
    }
}
