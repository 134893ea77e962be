package io.offerflow.cli.send;

import io.offerflow.cli.render.DurationOption;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Whether to wait for what the service says, and how long. */
public final class WaitOptions {

    /** What can be given on the command line. */
    static final class WaitFlags {
        @Option(names = "--wait", description = "Wait for the answer, show it, and end with 3 if it is a"
                + " refusal.")
        private boolean wait;

        @Option(names = "--timeout", paramLabel = "TIME", converter = DurationOption.class,
                description = "How long to wait when nothing new comes, such as 500ms, 30s or 5m; then it ends with 4"
                        + " (30s unless told).")
        private Duration timeout = Duration.ofSeconds(30);

        @Option(names = "--validate-only", description = "Ask the service what it would decide, and wait for"
                + " the answer; nothing is changed.")
        private boolean validateOnly;

        @Option(names = "--dry-run", description = "Check against the schema and show the result; no broker"
                + " is asked and nothing is sent.")
        private boolean dryRun;
    }

    @ArgGroup(validate = false, heading = "%nWhat to wait for:%n", order = 10)
    private WaitFlags flags = new WaitFlags();

    /** How long to wait for answers; empty if nobody waits. */
    Optional<Duration> patience() {
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
