package io.offerflow;

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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.generic.IndexedRecord;

/** Inputs for many offers, some of them hot, that mostly make sense: it keeps offers of its own to look at. */
public final class Workload {

    private final Random random;
    private final RandomInputs inputs;
    private final List<OfferKey> offers;
    private final OfferEngine engine = new OfferEngine(Policy.DEFAULT);
    private final InputMapping mapping = new InputMapping();
    private final Map<OfferKey, OfferFacts> facts = new HashMap<>();
    private final Map<OfferKey, Map<Row.Key, Row>> rows = new HashMap<>();
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");

    public Workload(long seed, int offers) {
        this.random = new Random(seed);
        this.inputs = new RandomInputs(random);
        this.offers = IntStream.range(0, offers).mapToObj(number -> new OfferKey("contoso", "offer-" + number)).toList();
    }

    /** The next input; one in ten is for one of ten hot offers. */
    public IndexedRecord next() {
        OfferKey offer = offers.get(random.nextInt(10) == 0 ? random.nextInt(Math.min(10, offers.size()))
                : random.nextInt(offers.size()));
        OfferFacts known = facts.getOrDefault(offer, OfferFacts.NONE);
        IndexedRecord next = inputs.next(offer, known);
        InputMapping.Envelope envelope = mapping.fromAvro(next);
        Map<Row.Key, Row> stored = rows.computeIfAbsent(envelope.key(), first -> new HashMap<>());
        OfferState before = new OfferState(envelope.key(), facts.getOrDefault(envelope.key(), OfferFacts.NONE),
                Rows.of(stored));
        now = now.plusMillis(100);
        Entry entry = engine.take(before, envelope.ask(), now);
        OfferState after = Evolution.apply(before, entry);
        facts.put(envelope.key(), after.facts());
        after.rows().changes().forEach((key, row) -> row.ifPresentOrElse(value -> stored.put(key, value),
                () -> stored.remove(key)));
        return next;
    }
}
