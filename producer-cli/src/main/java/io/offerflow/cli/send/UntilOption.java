package io.offerflow.cli.send;

import io.offerflow.cli.render.TargetStatus;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option for the status to wait for after the answer. */
public final class UntilOption {

    @Option(names = "--until", paramLabel = "STATE", description = "Wait for the answer, and then until"
            + " the offer reaches this state: ${COMPLETION-CANDIDATES}. The exit code is 1 if the run fails or is"
            + " cancelled instead.")
    private Optional<TargetStatus> target = Optional.empty();

    public Optional<TargetStatus> target() {
        return target;
    }
}
