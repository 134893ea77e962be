package io.offerflow.cli.demo;

import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.sandbox.Sandbox;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** Prints the outcome of a demo on a few lines. */
final class DemoSummary {

    private final PrintWriter out;
    private final Terminal terminal;

    DemoSummary(PrintWriter out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void print(DemoResult result, Sandbox sandbox) {
        out.println();
        String seconds = String.format(Locale.ROOT, "%.1f s", result.took().toMillis() / 1000.0);
        out.println(result.isComplete() ? terminal.paint(Style.GOOD, "Done in " + seconds + ": every feed is complete.")
                : terminal.paint(Style.BAD, "Not done after " + seconds + "."));
        out.println();
        Map<String, String> offers = result.counts().statuses();
        int width = offers.keySet().stream().mapToInt(String::length).max().orElse(0);
        offers.forEach((offer, status) -> out.println(("  %-" + width + "s  %s").formatted(offer,
                status + result.counts().plansOf(offer).map(plans -> "; " + plans).orElse(""))));
        out.println();
        out.println("  What customers see now:");
        result.counts().storefronts().forEach((offer, shown) ->
                out.println(("  %-" + width + "s  %s").formatted(offer, shown)));
        out.println();
        out.printf("  %d commands and %d step results sent; outcomes: %s%n", result.commands(), result.steps(),
                result.counts().outcomes());
        out.printf("  e-mails: %s%n", result.counts().notifications());
        if (result.counts().quarantined() > 0) {
            out.printf("  quarantined: %d%n", result.counts().quarantined());
        }
        out.printf("  It ran on %s and %s; both are stopped, and no data is kept.%n",
                sandbox.bootstrapServers(), sandbox.registryUrl());
        out.flush();
    }
}
