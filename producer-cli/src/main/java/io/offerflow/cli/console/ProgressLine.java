package io.offerflow.cli.console;

import io.offerflow.replay.journal.ReplayProgress;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A line on standard error with a progress bar, the rate and the remaining time; or no line at all. */
public final class ProgressLine implements ReplayProgress, AutoCloseable {

    private static final int WIDTH = 80;
    private static final int UPDATE_MILLIS = 250;

    private final PrintWriter err;
    private final Optional<ProgressBar> bar;
    private final AtomicLong expected;

    private ProgressLine(PrintWriter err, Optional<ProgressBar> bar, long expected) {
        this.err = err;
        this.bar = bar;
        this.expected = new AtomicLong(expected);
    }

    /** No line. */
    public static ProgressLine none() {
        return new ProgressLine(new PrintWriter(Writer.nullWriter()), Optional.empty(), 0);
    }

    /**
     * A line.
     *
     * @param unit of the numbers, with a space before it; may be empty
     * @param done how many are done already
     * @param expected how many there are, as far as is known
     */
    public static ProgressLine on(PrintWriter err, String task, String unit, long done, long expected) {
        return new ProgressLine(err, Optional.of(new ProgressBarBuilder().setTaskName(task).setInitialMax(expected)
                .startsFrom(done, Duration.ZERO).setUnit(unit, 1).showSpeed().setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS).setConsumer(new DelegatingProgressBarConsumer(line -> {
                    err.print("\r" + line);
                    err.flush();
                }, WIDTH)).build()), expected);
    }

    @Override
    public void expect(long more) {
        long all = expected.addAndGet(more);
        bar.ifPresent(shown -> shown.maxHint(all));
    }

    @Override
    public void advanced(long more) {
        bar.ifPresent(shown -> shown.stepBy(more));
    }

    /** Shows the last state and ends the line. */
    @Override
    public void close() {
        bar.ifPresent(shown -> {
            shown.close();
            err.println();
        });
    }
}
