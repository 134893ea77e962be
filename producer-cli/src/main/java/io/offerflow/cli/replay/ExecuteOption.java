package io.offerflow.cli.replay;

import picocli.CommandLine.Option;

/** The option without which a verb writes nothing to the cluster. */
final class ExecuteOption {

    /** Printed when the option is missing. */
    static final String NOTHING_WRITTEN = "Nothing was written: that takes --execute.";

    @Option(names = "--execute", description = "Write. Without it, the verb only checks and shows what it would write.")
    private boolean given;

    boolean isGiven() {
        return given;
    }
}
