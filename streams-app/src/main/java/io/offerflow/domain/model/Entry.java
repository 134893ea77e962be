package io.offerflow.domain.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One line of an offer's history: what was asked, what fell due before it, what was decided. State is the fold of these.
 *
 * @param sequence number in the offer's history, dense from 1; that of the entry before if the offer was not touched
 * @param clock the offer's clock
 * @param envelope what was asked; nothing when only time passed
 * @param dueEvents what fell due before anything was decided, oldest first
 */
public record Entry(long sequence, Instant clock, Optional<CommandEnvelope> envelope, List<DueEvent> dueEvents, Decision decision) {

    /** Something that fell due, stamped with its own time however late it is noticed. */
    public record DueEvent(Instant at, Rule rule, Event event) {
    }

    /** The rules it follows from, each once: those of what fell due, then the one that decided. */
    public List<Rule> rules() {
        return Stream.concat(dueEvents.stream().map(DueEvent::rule), Stream.of(decision.rule()))
                .filter(rule -> rule != Rule.NONE).distinct().toList();
    }
}
