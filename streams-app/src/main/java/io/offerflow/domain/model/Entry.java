package io.offerflow.domain.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One entry of an offer's history: the command, the events that fell due before it, and the decision. The state of an
 * offer is the fold of its entries.
 *
 * @param sequence number in the offer's history, dense from 1; that of the previous entry if the header row did not
 *     change
 * @param clock the offer's clock
 * @param envelope the command; empty if only time passed
 * @param dueEvents the events that fell due before the decision, oldest first
 */
public record Entry(long sequence, Instant clock, Optional<CommandEnvelope> envelope, List<DueEvent> dueEvents,
        Decision decision) {

    /** An event at its due time, however late it is applied. */
    public record DueEvent(Instant at, Rule rule, Event event) {
    }

    /** The rules that the entry follows from, each once: those of the due events, then the one that decided. */
    public List<Rule> rules() {
        return Stream.concat(dueEvents.stream().map(DueEvent::rule), Stream.of(decision.rule()))
                .filter(rule -> rule != Rule.NONE).distinct().toList();
    }
}
