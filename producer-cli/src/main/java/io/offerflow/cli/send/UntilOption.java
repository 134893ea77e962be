package io.offerflow.cli.send;

import io.offerflow.cli.render.TargetStatus;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What to wait for behind the answer. */
public final class UntilOption {

    @Option(names = "--until", paramLabel = "STATE", description = "Wait for the answer, and then until"
            + " the offer is there: ${COMPLETION-CANDIDATES}. Ends with 1 if the run fails or is cancelled instead.")
    private Optional<TargetStatus> goal = Optional.empty();

    public Optional<TargetStatus> goal() {
        return goal;
    }
}
