package io.offerflow;

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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.generic.IndexedRecord;

/** Inputs for many offers, some of them hot. It keeps the state of each offer, so that most inputs fit it. */
public final class Workload {

    private final Random random;
    private final RandomInputs inputs;
    private final List<OfferKey> offers;
    private final OfferEngine engine = new OfferEngine(Policy.DEFAULT);
    private final InputMapping mapping = new InputMapping();
    private final Map<OfferKey, OfferHeader> headers = new HashMap<>();
    private final Map<OfferKey, Map<RowKey, StateRow>> rows = new HashMap<>();
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");

    public Workload(long seed, int offers) {
        this.random = new Random(seed);
        this.inputs = new RandomInputs(random);
        this.offers = IntStream.range(0, offers)
                .mapToObj(number -> new OfferKey("contoso", "offer-" + number)).toList();
    }

    /** The next input; one in ten is for one of ten hot offers. */
    public IndexedRecord next() {
        OfferKey offer = offers.get(random.nextInt(10) == 0 ? random.nextInt(Math.min(10, offers.size()))
                : random.nextInt(offers.size()));
        OfferHeader known = headers.getOrDefault(offer, OfferHeader.NONE);
        IndexedRecord next = inputs.next(offer, known);
        InputMapping.DecodedInput input = mapping.fromAvro(next);
        Map<RowKey, StateRow> stored = rows.computeIfAbsent(input.key(), first -> new HashMap<>());
        OfferState before = new OfferState(input.key(), headers.getOrDefault(input.key(), OfferHeader.NONE),
                StateRows.of(stored));
        now = now.plusMillis(100);
        Entry entry = engine.decide(before, input.envelope(), now);
        OfferState after = OfferEvolver.apply(before, entry);
        headers.put(input.key(), after.header());
        after.rows().changes().forEach((key, row) -> row.ifPresentOrElse(value -> stored.put(key, value),
                () -> stored.remove(key)));
        return next;
    }
}
