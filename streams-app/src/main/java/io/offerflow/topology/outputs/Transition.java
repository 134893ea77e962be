package io.offerflow.topology.outputs;

import io.offerflow.codec.SourceRecord;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.state.OfferState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An entry with the state before and after it: all that an output is made of.
 *
 * @param source the input; empty if time passed
 */
public record Transition(Optional<SourceRecord> source, OfferState before, Entry entry, OfferState after) {

    /** All events with their times, in order: first the due events, then those of the decision. */
    public List<Entry.DueEvent> happened() {
        List<Event> events = entry.decision().events();
        if (events.isEmpty()) {
            return entry.dueEvents();
        }
        List<Entry.DueEvent> all = new ArrayList<>(entry.dueEvents());
        events.forEach(event -> all.add(new Entry.DueEvent(entry.clock(), entry.decision().rule(), event)));
        return all;
    }

    /** Whether there is any event. */
    public boolean changed() {
        return !entry.dueEvents().isEmpty() || !entry.decision().events().isEmpty();
    }

    /** Whether there is an event of this type. */
    public boolean happened(Class<? extends Event> kind) {
        return happened().stream().anyMatch(due -> kind.isInstance(due.event()));
    }
}
