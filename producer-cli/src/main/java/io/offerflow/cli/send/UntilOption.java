package io.offerflow.cli.send;

import io.offerflow.cli.words.Goal;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What to wait for behind the answer. */
public final class UntilOption {

    @Option(names = "--until", paramLabel = "STATE", description = "Wait for the answer, and then until"
            + " the offer is there: ${COMPLETION-CANDIDATES}. Ends with 1 if the run fails or is cancelled instead.")
    private Optional<Goal> goal = Optional.empty();

    public Optional<Goal> goal() {
        return goal;
    }
}
