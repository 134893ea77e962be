package io.offerflow.cli.send;

import io.offerflow.cli.Terminal;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar on standard error while a person looks on. */
final class Progress {

    private static final int WORTH_IT = 100;
    private static final int WIDTH = 80;

    private final Optional<ProgressBar> bar;

    private Progress(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    static Progress of(FileSend.Request request, long done) {
        boolean disturbs = Terminal.detect().colour() && !request.quiet();
        if (!Terminal.personAtErr() || disturbs || request.check().messages() < WORTH_IT) {
            return new Progress(Optional.empty());
        }
        return new Progress(Optional.of(new ProgressBarBuilder().setTaskName(request.name())
                .setInitialMax(request.check().messages()).startsFrom(done, Duration.ZERO).showSpeed()
                .setUnit("", 1).setMaxRenderedLength(WIDTH)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH)).build()));
    }

    void to(long settled) {
        bar.ifPresent(shown -> shown.stepTo(settled));
    }

    /** Takes the bar away, before anything else is written there. */
    void end() {
        bar.ifPresent(ProgressBar::close);
    }
}
