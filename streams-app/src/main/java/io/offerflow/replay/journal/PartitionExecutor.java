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

/** Works on several partitions at a time; when one fails, all stop. */
public final class PartitionExecutor {

    /** How many records are told to the progress at once. */
    private static final int NOTCH = 1_000;

    private final Journal journal;
    private final ReplayOptions options;
    private final AtomicBoolean stopped = new AtomicBoolean();

    public PartitionExecutor(Journal journal, ReplayOptions options) {
        this.journal = journal;
        this.options = options;
    }

    /** What is done with one partition. */
    public interface PartitionTask<R> {
        R on(OffsetRange stretch);
    }

    /**
     * The parts of the journal that a replay up to there needs.
     *
     * @throws ReplayHaltedException if the journal does not begin at its beginning any more
     */
    public List<OffsetRange> stretches(ReplayBound until) {
        List<OffsetRange> all = journal.stretches().stream().filter(stretch -> !(until instanceof ReplayBound.AtEntries only)
                || only.offsets().containsKey(stretch.partition())).toList();
        all.stream().filter(stretch -> stretch.from() > 0).findFirst().ifPresent(cut -> {
            throw new ReplayHaltedException(cut.partition(), cut.from(), "the journal begins with it, all before it is gone",
                    "Restore the topic from a copy, and set its retention.ms and retention.bytes to -1");
        });
        return all;
    }

    public <R> List<R> each(List<OffsetRange> stretches, PartitionTask<R> work) throws InterruptedException {
        stretches.forEach(stretch -> options.progress().expect(stretch.length()));
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(options.threads(),
                stretches.size())), Thread.ofPlatform().name("replay-", 0).factory());
        try {
            ExecutorCompletionService<R> running = new ExecutorCompletionService<>(threads);
            // the longest first: none is begun alone when all others are done
            stretches.stream().sorted(Comparator.comparingLong(OffsetRange::length).reversed())
                    .forEach(stretch -> running.submit(() -> work.on(stretch)));
            List<R> done = new ArrayList<>();
            for (OffsetRange stretch : stretches) {
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

    /** Reads a stretch until its end, or until another partition has failed. */
    public void read(OffsetRange stretch, Journal.RecordHandler taker) {
        long[] told = {stretch.from()};
        int[] since = {0};
        journal.read(stretch, record -> {
            if (++since[0] == NOTCH) {
                options.progress().advanced(record.offset() + 1 - told[0]);
                told[0] = record.offset() + 1;
                since[0] = 0;
            }
            return !stopped.get() && taker.take(record);
        });
        options.progress().advanced(stretch.to() - told[0]);
    }
}
