package io.offerflow.topology.outputs;

import io.offerflow.codec.SourceRecord;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.Event;
import io.offerflow.domain.state.OfferState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One entry with what was before and what is after it: all that an output is made of.
 *
 * @param source the input; nothing when time passed
 */
public record Transition(Optional<SourceRecord> source, OfferState before, Entry entry, OfferState after) {

    /** What happened at its time, in order: first what was due, then what the command made happen. */
    public List<Entry.DueEvent> happened() {
        List<Event> events = entry.decision().events();
        if (events.isEmpty()) {
            return entry.dueEvents();
        }
        List<Entry.DueEvent> all = new ArrayList<>(entry.dueEvents());
        events.forEach(event -> all.add(new Entry.DueEvent(entry.clock(), entry.decision().rule(), event)));
        return all;
    }

    /** Whether anything happened. */
    public boolean changed() {
        return !entry.dueEvents().isEmpty() || !entry.decision().events().isEmpty();
    }

    /** Whether something of this kind happened. */
    public boolean happened(Class<? extends Event> kind) {
        return happened().stream().anyMatch(due -> kind.isInstance(due.event()));
    }
}
