package io.offerflow.simulation;

import io.offerflow.domain.Ask;
import java.time.Instant;

/** One step of a simulation, as it can be repeated by itself: what happens to which offer, and when. */
sealed interface Move {

    /** Number of the offer, from 0. */
    int offer();

    /**
     * Somebody says something.
     *
     * @param at when the broker appended it
     * @param crashAfter after how many effects the service dies and is started again; nobody notices. 0: it lives
     */
    record Say(int offer, Ask ask, Instant at, int crashAfter) implements Move {

        @Override
        public String toString() {
            return "%s  %s%s%s%s  [%s]".formatted(at, shortened(ask.command()), ask.validateOnly() ? " (only asked)" : "",
                    ask.expectedVersion().map(version -> " (draft version " + version + ")").orElse(""),
                    crashAfter > 0 ? " (crash after effect %d)".formatted(crashAfter) : "",
                    ask.commandId().substring(24));
        }
    }

    private static String shortened(Object command) {
        String text = command.toString().replaceAll("(Text\\[text|Flag\\[flag|Whole\\[number)=([^\\]]*)\\]", "$2")
                .replaceAll("Group\\[fields=(\\{[^\\[\\]]*\\})\\]", "$1")
                .replaceAll("Optional\\.empty|, clear=\\[\\]|content=Optional\\[Content\\[section=\\w+, fields=", "");
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }

    /** The wall clock looks after an offer. */
    record Pass(int offer, Instant until) implements Move {

        @Override
        public String toString() {
            return until + "  time passes";
        }
    }
}
