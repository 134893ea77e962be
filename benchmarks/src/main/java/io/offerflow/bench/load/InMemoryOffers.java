package io.offerflow.bench.load;

import io.offerflow.codec.InputMapping;
import io.offerflow.domain.Entry;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.OfferKey;
import io.offerflow.domain.Policy;
import io.offerflow.domain.state.Evolution;
import io.offerflow.domain.state.OfferFacts;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Row;
import io.offerflow.domain.state.Rows;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Offers in memory, for which the service's rules decide commands. */
public final class InMemoryOffers {

    private final OfferEngine engine = new OfferEngine(Policy.DEFAULT);
    private final Map<OfferKey, OfferFacts> facts = new HashMap<>();
    private final Map<OfferKey, Map<Row.Key, Row>> rows = new HashMap<>();

    /** An entry with the state before and after it. */
    public record AppliedEntry(OfferState before, Entry entry, OfferState after) {
    }

    public OfferFacts facts(OfferKey offer) {
        return facts.getOrDefault(offer, OfferFacts.NONE);
    }

    /** Decides a command and applies the entry to a copy; {@link #store} makes it the state of the offer. */
    public AppliedEntry take(InputMapping.Envelope envelope, Instant now) {
        return take(envelope, now, Rows.of(rows(envelope.key())));
    }

    /** The same, and gives away the key of each row that is looked up until the entry is stored. */
    public AppliedEntry take(InputMapping.Envelope envelope, Instant now, Consumer<Row.Key> onRead) {
        Map<Row.Key, Row> stored = rows(envelope.key());
        return take(envelope, now, Rows.of(key -> {
            onRead.accept(key);
            return Optional.ofNullable(stored.get(key));
        }));
    }

    private AppliedEntry take(InputMapping.Envelope envelope, Instant now, Rows stored) {
        OfferState before = new OfferState(envelope.key(), facts(envelope.key()), stored);
        Entry entry = engine.take(before, envelope.ask(), now);
        return new AppliedEntry(before, entry, Evolution.apply(before, entry));
    }

    private Map<Row.Key, Row> rows(OfferKey offer) {
        return rows.computeIfAbsent(offer, first -> new HashMap<>());
    }

    public void store(AppliedEntry applied) {
        OfferState after = applied.after();
        facts.put(after.key(), after.facts());
        Map<Row.Key, Row> stored = rows(after.key());
        after.rows().changes().forEach((key, row) -> row.ifPresentOrElse(value -> stored.put(key, value),
                () -> stored.remove(key)));
    }

    /** A row of an offer, as it is stored. */
    public Optional<Row> row(OfferKey offer, Row.Key key) {
        return Optional.ofNullable(rows(offer).get(key));
    }
}
