package io.offerflow.replay.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs a task per partition on several threads; if one fails, all stop. */
public final class PartitionExecutor {

    /** Records between two reports of progress. */
    private static final int PROGRESS_INTERVAL = 1_000;

    private final Journal journal;
    private final ReplayOptions options;
    private final AtomicBoolean stopped = new AtomicBoolean();

    public PartitionExecutor(Journal journal, ReplayOptions options) {
        this.journal = journal;
        this.options = options;
    }

    /** The task of one partition. */
    public interface PartitionTask<R> {
        R run(ReplayRange range);
    }

    /**
     * What a replay up to the bound reads: each partition from its newest snapshot that the bound includes.
     *
     * @throws ReplayHaltedException if entries before the first one to be read were deleted
     * @throws ReplayPreconditionException if there is a snapshot that cannot be used
     */
    public List<ReplayRange> begin(ReplayBound bound) {
        return begin(bound, journal.ranges().stream()
                .filter(range -> !(bound instanceof ReplayBound.AtEntries entries)
                        || entries.offsets().containsKey(range.partition())).toList());
    }

    /** Does the same for some partitions. */
    public List<ReplayRange> begin(ReplayBound bound, List<OffsetRange> ranges) {
        Map<Integer, PartitionSnapshot> snapshots = options.snapshots().newest(bound, ranges);
        return ranges.stream()
                .map(range -> begin(range, Optional.ofNullable(snapshots.get(range.partition())))).toList();
    }

    private static ReplayRange begin(OffsetRange range, Optional<PartitionSnapshot> snapshot) {
        long first = snapshot.map(found -> found.position().nextOffset()).orElse(0L);
        if (range.from() > first) {
            throw new ReplayHaltedException(range.partition(), range.from(),
                    "it is the first entry of the journal, all entries before it were deleted",
                    "Restore the topic from a copy, and set its retention.ms and retention.bytes to -1");
        }
        return new ReplayRange(new OffsetRange(range.partition(), first, range.to()), snapshot);
    }

    /** Runs the task for each range, and returns the results in the order of completion. */
    public <R> List<R> execute(List<ReplayRange> ranges, PartitionTask<R> task) throws InterruptedException {
        ranges.forEach(range -> options.progress().expect(range.offsets().length()));
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(options.threads(),
                ranges.size())), Thread.ofPlatform().name("replay-", 0).factory());
        try {
            ExecutorCompletionService<R> running = new ExecutorCompletionService<>(threads);
            // longest first, so that no thread works alone at the end
            ranges.stream()
                    .sorted(Comparator.comparingLong((ReplayRange range) -> range.offsets().length()).reversed())
                    .forEach(range -> running.submit(() -> task.run(range)));
            List<R> done = new ArrayList<>();
            for (ReplayRange range : ranges) {
                done.add(running.take().get());
            }
            return done;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } finally {
            stopped.set(true);
            threads.shutdown();
            threads.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    /** Reads a range to its end, or until another partition fails. */
    public void read(ReplayRange replayed, Journal.RecordHandler handler) {
        OffsetRange range = replayed.offsets();
        long[] reported = {range.from()};
        int[] records = {0};
        journal.read(range, record -> {
            if (++records[0] == PROGRESS_INTERVAL) {
                options.progress().advanced(record.offset() + 1 - reported[0]);
                reported[0] = record.offset() + 1;
                records[0] = 0;
            }
            return !stopped.get() && handler.handle(record);
        });
        options.progress().advanced(range.to() - reported[0]);
    }
}
