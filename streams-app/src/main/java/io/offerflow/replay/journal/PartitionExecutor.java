package io.offerflow.replay.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
        R run(OffsetRange range);
    }

    /**
     * The offset ranges that a replay up to the bound reads.
     *
     * @throws ReplayHaltedException if the first entries of the journal were deleted
     */
    public List<OffsetRange> ranges(ReplayBound bound) {
        List<OffsetRange> all = journal.ranges().stream()
                .filter(range -> !(bound instanceof ReplayBound.AtEntries entries)
                        || entries.offsets().containsKey(range.partition())).toList();
        all.stream().filter(range -> range.from() > 0).findFirst().ifPresent(cut -> {
            throw new ReplayHaltedException(cut.partition(), cut.from(),
                    "it is the first entry of the journal, all entries before it were deleted",
                    "Restore the topic from a copy, and set its retention.ms and retention.bytes to -1");
        });
        return all;
    }

    /** Runs the task for each range, and returns the results in the order of completion. */
    public <R> List<R> execute(List<OffsetRange> ranges, PartitionTask<R> task) throws InterruptedException {
        ranges.forEach(range -> options.progress().expect(range.length()));
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(options.threads(),
                ranges.size())), Thread.ofPlatform().name("replay-", 0).factory());
        try {
            ExecutorCompletionService<R> running = new ExecutorCompletionService<>(threads);
            // longest first, so that no thread works alone at the end
            ranges.stream().sorted(Comparator.comparingLong(OffsetRange::length).reversed())
                    .forEach(range -> running.submit(() -> task.run(range)));
            List<R> done = new ArrayList<>();
            for (OffsetRange range : ranges) {
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
    public void read(OffsetRange range, Journal.RecordHandler handler) {
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
