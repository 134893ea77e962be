package io.offerflow.cli.send;

import io.offerflow.cli.render.DurationOption;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options for waiting for answers, and for sending nothing. */
public final class WaitOptions {

    /** The options. */
    static final class WaitFlags {
        @Option(names = "--wait", description = "Wait for the answer and show it; the exit code is 3 if it is"
                + " a refusal.")
        private boolean wait;

        @Option(names = "--timeout", paramLabel = "TIME", converter = DurationOption.class,
                description = "How long to wait when nothing new comes, such as 500ms, 30s or 5m (30s); after that"
                        + " the exit code is 4.")
        private Duration timeout = Duration.ofSeconds(30);

        @Option(names = "--validate-only", description = "Ask the service what it would decide, and wait for"
                + " the answer; nothing changes.")
        private boolean validateOnly;

        @Option(names = "--dry-run", description = "Check against the schema and show the result, without a"
                + " broker; nothing is sent.")
        private boolean dryRun;
    }

    @ArgGroup(validate = false, heading = "%nWhat to wait for:%n", order = 10)
    private WaitFlags flags = new WaitFlags();

    /** How long to wait for answers; empty if no answer is needed. */
    Optional<Duration> answerTimeout() {
        return flags.wait || flags.validateOnly ? Optional.of(flags.timeout) : Optional.empty();
    }

    Duration timeout() {
        return flags.timeout;
    }

    boolean validateOnly() {
        return flags.validateOnly;
    }

    boolean dryRun() {
        return flags.dryRun;
    }
}
