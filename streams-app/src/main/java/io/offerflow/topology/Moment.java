package io.offerflow.topology;

import io.offerflow.codec.Origin;
import io.offerflow.domain.Entry;
import io.offerflow.domain.Event;
import io.offerflow.domain.state.OfferState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One entry with what was before and what is after it: all that an output is made of.
 *
 * @param origin the input; nothing when time passed
 */
public record Moment(Optional<Origin> origin, OfferState before, Entry entry, OfferState after) {

    /** What happened at its time, in order: first what was due, then what the command made happen. */
    public List<Entry.Due> happened() {
        List<Event> events = entry.decision().events();
        if (events.isEmpty()) {
            return entry.due();
        }
        List<Entry.Due> all = new ArrayList<>(entry.due());
        events.forEach(event -> all.add(new Entry.Due(entry.now(), entry.decision().rule(), event)));
        return all;
    }

    /** Whether anything happened. */
    public boolean changed() {
        return !entry.due().isEmpty() || !entry.decision().events().isEmpty();
    }

    /** Whether something of this kind happened. */
    public boolean happened(Class<? extends Event> kind) {
        return happened().stream().anyMatch(what -> kind.isInstance(what.event()));
    }
}
