package io.offerflow.simulation;

import io.offerflow.domain.model.CommandEnvelope;
import java.time.Instant;

/** One step of a simulation: what happens to which offer, and when. */
sealed interface Action {

    /** Number of the offer, from 0. */
    int offer();

    /**
     * A command is sent.
     *
     * @param at when the broker appended it
     * @param crashAfter after how many effects the service crashes and restarts; 0 if it does not
     */
    record Send(int offer, CommandEnvelope envelope, Instant at, int crashAfter) implements Action {

        @Override
        public String toString() {
            return "%s  %s%s%s%s  [%s]".formatted(at, shortened(envelope.command()),
                    envelope.validateOnly() ? " (validate only)" : "",
                    envelope.expectedVersion().map(version -> " (draft version " + version + ")").orElse(""),
                    crashAfter > 0 ? " (crash after effect %d)".formatted(crashAfter) : "",
                    envelope.commandId().substring(24));
        }
    }

    private static String shortened(Object command) {
        String text = command.toString().replaceAll("(Text\\[text|Flag\\[flag|Whole\\[number)=([^\\]]*)\\]", "$2")
                .replaceAll("Group\\[fields=(\\{[^\\[\\]]*\\})\\]", "$1")
                .replaceAll("Optional\\.empty|, clear=\\[\\]|content=Optional\\[Content\\[section=\\w+, fields=", "");
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }

    /** The wall clock advances an offer. */
    record PassTime(int offer, Instant until) implements Action {

        @Override
        public String toString() {
            return until + "  time passes";
        }
    }
}
