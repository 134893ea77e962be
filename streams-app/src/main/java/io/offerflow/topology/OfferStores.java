package io.offerflow.topology;

import io.offerflow.codec.StateCodec;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.OfferKey;
import io.offerflow.domain.Policy;
import io.offerflow.domain.state.OfferFacts;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.Row;
import io.offerflow.domain.state.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The stores of one task: offers and their rows as state, and what has to be written for a new one. */
final class OfferStores {

    /** A change of one key; nothing deletes it. */
    record Write(KeyValueStore<byte[], byte[]> store, byte[] key, Optional<byte[]> value) {
    }

    private final KeyValueStore<byte[], byte[]> offers;
    private final KeyValueStore<byte[], byte[]> contents;
    private final Timers timers;
    private final StateCodec codec = new StateCodec();

    OfferStores(ProcessorContext<?, ?> context) {
        this.offers = context.getStateStore(Names.OFFERS);
        this.contents = context.getStateStore(Names.CONTENTS);
        this.timers = new Timers(context.getStateStore(Names.TIMERS));
    }

    Timers timers() {
        return timers;
    }

    /** The offer as it stands; one that was never created has no facts. */
    OfferState load(OfferKey key) {
        byte[] id = StateCodec.key(key);
        byte[] stored = offers.get(id);
        OfferFacts facts = stored == null ? OfferFacts.NONE : codec.decodeFacts(stored);
        return new OfferState(key, facts, Rows.of(new Lying(id)));
    }

    /** The rows of one offer as they lie in the store; one that several rules and outputs ask for is read once. */
    private final class Lying implements Rows.Reader {
        private final byte[] offer;
        private final Map<Row.Key, Optional<Row>> known = new HashMap<>();

        Lying(byte[] offer) {
            this.offer = offer;
        }

        @Override
        public Optional<Row> read(Row.Key key) {
            return known.computeIfAbsent(key, this::find);
        }

        private Optional<Row> find(Row.Key key) {
            return Optional.ofNullable(contents.get(StateCodec.key(offer, key))).map(bytes -> codec.decodeRow(key, bytes));
        }

        @Override
        public List<String> members(String planId, long generation, String after, int most) {
            StateCodec.Range range = StateCodec.members(offer, planId, generation, after);
            List<String> ids = new ArrayList<>();
            try (KeyValueIterator<byte[], byte[]> found = contents.range(range.first(), range.last())) {
                while (found.hasNext() && ids.size() < most) {
                    ids.add(range.id(found.next().key));
                }
            }
            return ids;
        }
    }

    /** What has to be written to remember that this policy is in the journal; nothing if it is the last one there. */
    Optional<Write> record(Policy policy) {
        byte[] id = codec.encodePolicy(policy.id());
        return Arrays.equals(contents.get(StateCodec.POLICY), id) ? Optional.empty()
                : Optional.of(new Write(contents, StateCodec.POLICY, Optional.of(id)));
    }

    /** Everything that has to be written to get from one state to the next, in bytes; nothing is written yet. */
    List<Write> writes(OfferState before, OfferState after) {
        List<Write> writes = new ArrayList<>();
        byte[] id = StateCodec.key(after.key());
        if (after.facts().sequence() != before.facts().sequence()) {
            writes.add(new Write(offers, id, Optional.of(codec.encode(after.facts()))));
        }
        after.rows().changes().forEach((key, row) ->
                writes.add(new Write(contents, StateCodec.key(id, key), row.map(codec::encode))));
        Optional<Instant> due = OfferEngine.nextDue(after.facts());
        due.filter(at -> !due.equals(OfferEngine.nextDue(before.facts())))
                .ifPresent(at -> writes.add(timers.set(at, after.key(), 0)));
        return writes;
    }
}
