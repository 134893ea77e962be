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
import java.util.Optional;
import java.util.function.Consumer;

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
        return take(input, now, StateRows.of(rows(input.key())));
    }

    /** The same, and gives away the key of each row that is looked up until the entry is stored. */
    public AppliedEntry take(InputMapping.DecodedInput input, Instant now, Consumer<RowKey> onRead) {
        Map<RowKey, StateRow> stored = rows(input.key());
        return take(input, now, StateRows.of(key -> {
            onRead.accept(key);
            return Optional.ofNullable(stored.get(key));
        }));
    }

    private AppliedEntry take(InputMapping.DecodedInput input, Instant now, StateRows stored) {
        OfferState before = new OfferState(input.key(), facts(input.key()), stored);
        Entry entry = engine.decide(before, input.envelope(), now);
        return new AppliedEntry(before, entry, OfferEvolver.apply(before, entry));
    }

    private Map<RowKey, StateRow> rows(OfferKey offer) {
        return rows.computeIfAbsent(offer, first -> new HashMap<>());
    }

    public void store(AppliedEntry applied) {
        OfferState after = applied.after();
        facts.put(after.key(), after.header());
        Map<RowKey, StateRow> stored = rows(after.key());
        after.rows().changes().forEach((key, row) -> row.ifPresentOrElse(value -> stored.put(key, value),
                () -> stored.remove(key)));
    }

    public Optional<StateRow> row(OfferKey offer, RowKey key) {
        return Optional.ofNullable(rows(offer).get(key));
    }
}
