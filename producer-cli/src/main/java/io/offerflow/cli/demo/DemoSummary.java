package io.offerflow.cli.demo;

import io.offerflow.cli.console.Terminal.Style;
import io.offerflow.cli.console.Terminal;
import io.offerflow.sandbox.Sandbox;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/** What a demo came to, on a few lines. */
final class DemoSummary {

    private final PrintWriter out;
    private final Terminal terminal;

    DemoSummary(PrintWriter out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void print(DemoResult end, Sandbox sandbox) {
        out.println();
        String seconds = String.format(Locale.ROOT, "%.1f s", end.took().toMillis() / 1000.0);
        out.println(end.happy() ? terminal.paint(Style.GOOD, "Done in " + seconds + ": every feed came to its end.")
                : terminal.paint(Style.BAD, "Not done after " + seconds + "."));
        out.println();
        Map<String, String> offers = end.tally().finalStatuses();
        int width = offers.keySet().stream().mapToInt(String::length).max().orElse(0);
        offers.forEach((offer, status) -> out.println(("  %-" + width + "s  %s").formatted(offer,
                status + end.tally().plansOf(offer).map(plans -> "; " + plans).orElse(""))));
        out.println();
        out.println("  What customers see now:");
        end.tally().storefronts().forEach((offer, shown) ->
                out.println(("  %-" + width + "s  %s").formatted(offer, shown)));
        out.println();
        out.printf("  %d commands and %d step results sent; outcomes: %s%n", end.commands(), end.steps(),
                end.tally().outcomes());
        out.printf("  e-mails: %s%n", end.tally().notifications());
        if (end.tally().quarantinedSoFar() > 0) {
            out.printf("  quarantined: %d%n", end.tally().quarantinedSoFar());
        }
        out.printf("  It ran on %s and %s, which are stopped now; nothing is left behind.%n",
                sandbox.bootstrapServers(), sandbox.registryUrl());
        out.flush();
    }
}
