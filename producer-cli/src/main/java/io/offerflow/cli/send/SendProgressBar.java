package io.offerflow.cli.send;

import io.offerflow.cli.console.Terminal;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;

/** A bar on standard error while a person looks on. */
final class SendProgressBar {

    private static final int WORTH_IT = 100;
    private static final int WIDTH = 80;

    private final Optional<ProgressBar> bar;

    private SendProgressBar(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    static SendProgressBar of(FileSend.Request request, long done) {
        boolean disturbs = Terminal.detect().colour() && !request.quiet();
        if (!Terminal.personAtErr() || disturbs || request.check().messages() < WORTH_IT) {
            return new SendProgressBar(Optional.empty());
        }
        return new SendProgressBar(Optional.of(new ProgressBarBuilder().setTaskName(request.name())
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
