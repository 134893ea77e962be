package io.offerflow.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Measurements, each a verb; started by {@code ./offerflow bench}. */
@Command(name = "offerflow bench", description = "Measures what the service costs, beside the limit and a peer.",
        mixinStandardHelpOptions = true)
public final class Bench {

    private Bench() {
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }
}
