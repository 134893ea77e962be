package io.offerflow.bench.load;

import io.offerflow.codec.InputMapping;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.Entry;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.state.OfferEvolver;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Offers in memory, for which the service's rules decide commands. */
public final class InMemoryOffers {

    private final OfferEngine engine = new OfferEngine(Policy.DEFAULT);
    private final Map<OfferKey, OfferHeader> facts = new HashMap<>();
    private final Map<OfferKey, Map<RowKey, StateRow>> rows = new HashMap<>();

    public record AppliedEntry(OfferState before, Entry entry, OfferState after) {
    }

    public OfferHeader facts(OfferKey offer) {
        return facts.getOrDefault(offer, OfferHeader.NONE);
    }

    /** Decides a command and applies the entry to a copy; {@link #store} makes it the state of the offer. */
    public AppliedEntry take(InputMapping.DecodedInput input, Instant now) {
        OfferState before = new OfferState(input.key(), facts(input.key()), StateRows.of(rows(input.key())));
        Entry entry = engine.decide(before, input.envelope(), now);
        return new AppliedEntry(before, entry, OfferEvolver.apply(before, entry));
    }

    /** The rows of an offer, which change as commands are stored. */
    public Map<RowKey, StateRow> rows(OfferKey offer) {
        return rows.computeIfAbsent(offer, first -> new HashMap<>());
    }

    public void store(AppliedEntry applied) {
        OfferState after = applied.after();
        facts.put(after.key(), after.header());
        Map<RowKey, StateRow> stored = rows(after.key());
        after.rows().changes().forEach((key, row) -> row.ifPresentOrElse(value -> stored.put(key, value),
                () -> stored.remove(key)));
    }
}
