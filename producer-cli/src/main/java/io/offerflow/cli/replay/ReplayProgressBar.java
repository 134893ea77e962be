package io.offerflow.cli.replay;

import io.offerflow.replay.journal.ReplayProgress;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar with rate and remaining time on standard error, if one is wanted. */
final class ReplayProgressBar implements ReplayProgress, AutoCloseable {

    private static final int WIDTH = 100;
    private static final int UPDATE_MILLIS = 250;

    private final Optional<ProgressBar> bar;
    private final AtomicLong expected = new AtomicLong();

    private ReplayProgressBar(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    static ReplayProgressBar on(PrintWriter err, boolean shown) {
        return new ReplayProgressBar(!shown ? Optional.empty() : Optional.of(new ProgressBarBuilder().setTaskName("replaying")
                .setInitialMax(0).setUnit(" entries", 1).showSpeed().setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(new DelegatingProgressBarConsumer(line -> {
                    err.print("\r" + line);
                    err.flush();
                }, WIDTH)).build()));
    }

    @Override
    public void expect(long offsets) {
        long all = expected.addAndGet(offsets);
        bar.ifPresent(shown -> shown.maxHint(all));
    }

    @Override
    public void advanced(long offsets) {
        bar.ifPresent(shown -> shown.stepBy(offsets));
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
