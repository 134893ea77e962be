package io.offerflow.topology;

import io.offerflow.codec.NewerFormatException;
import io.offerflow.codec.StateCodec;
import io.offerflow.codec.StoredPosition;
import io.offerflow.codec.TaskPosition;
import io.offerflow.codec.TopicIds;
import io.offerflow.contract.Topic;
import io.offerflow.domain.OfferEngine;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.model.Policy;
import io.offerflow.domain.model.RootLocaleText;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.domain.state.row.StateRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The state stores of one task: loads the state of an offer, and derives the writes for a new state. */
final class OfferStores {

    private final KeyValueStore<byte[], byte[]> offers;
    private final KeyValueStore<byte[], byte[]> contents;
    private final KeyValueStore<byte[], byte[]> positions;
    private final Timers timers;
    private final StateCodec codec;

    OfferStores(ProcessorContext<?, ?> context, StateCodec codec) {
        this.codec = codec;
        this.offers = context.getStateStore(TopologyNames.OFFERS);
        this.contents = context.getStateStore(TopologyNames.CONTENTS);
        this.positions = context.getStateStore(TopologyNames.POSITIONS);
        this.timers = new Timers(context.getStateStore(TopologyNames.TIMERS));
    }

    Timers timers() {
        return timers;
    }

    /** The stored state of an offer; {@link OfferHeader#NONE} is the header of one that was never created. */
    OfferState load(OfferKey key) {
        byte[] id = StateCodec.key(key);
        byte[] stored = offers.get(id);
        OfferHeader header = stored == null ? OfferHeader.NONE : decode(() -> codec.decodeHeader(stored));
        return new OfferState(key, header, StateRows.of(new StoredRows(id)));
    }

    /** Decodes a row; one of a newer release stops the service, because no decision may leave it out. */
    private static <V> V decode(Supplier<V> row) {
        try {
            return row.get();
        } catch (NewerFormatException e) {
            throw new UnrecoverableException("Cannot read the stores: " + e.getMessage()
                    + ". Start the service with that release.");
        }
    }

    /** Lazy cache of one offer's rows in the store, for the time of one command. */
    private final class StoredRows implements StateRows.RowReader {
        private final byte[] offer;
        private final Map<RowKey, Optional<StateRow>> known = new HashMap<>();

        StoredRows(byte[] offer) {
            this.offer = offer;
        }

        @Override
        public Optional<StateRow> read(RowKey key) {
            return known.computeIfAbsent(key, this::find);
        }

        private Optional<StateRow> find(RowKey key) {
            return Optional.ofNullable(contents.get(StateCodec.key(offer, key)))
                    .map(bytes -> decode(() -> codec.decodeRow(key, bytes)));
        }

        @Override
        public List<String> members(String planId, long generation, String after, int limit) {
            StateCodec.KeyRange range = StateCodec.members(offer, planId, generation, after);
            List<String> ids = new ArrayList<>();
            try (KeyValueIterator<byte[], byte[]> found = contents.range(range.first(), range.last())) {
                while (found.hasNext() && ids.size() < limit) {
                    ids.add(range.id(found.next().key));
                }
            }
            return ids;
        }
    }

    /** How far the task has come. */
    StoredPosition position() {
        return new StoredPosition(
                Optional.ofNullable(positions.get(TaskPosition.KEY)).map(TaskPosition::decode)
                        .orElse(TaskPosition.NONE),
                Optional.ofNullable(positions.get(TopicIds.KEY)).map(TopicIds::decode).orElse(TopicIds.NONE));
    }

    StoreWrite record(TaskPosition position) {
        return new StoreWrite(positions, TaskPosition.KEY, Optional.of(position.encode()));
    }

    StoreWrite record(TopicIds topics) {
        return new StoreWrite(positions, TopicIds.KEY, Optional.of(topics.encode()));
    }

    /** The write that records this policy as the last one in the journal; empty if it is already. */
    Optional<StoreWrite> record(Policy policy) {
        byte[] id = codec.encodePolicy(policy.id());
        return Arrays.equals(contents.get(StateCodec.POLICY), id) ? Optional.empty()
                : Optional.of(new StoreWrite(contents, StateCodec.POLICY, Optional.of(id)));
    }

    /** A row that its changelog accepts. */
    private static byte[] fitting(byte[] row) {
        if (row.length > Topic.OUTPUT_MAX_BYTES - OutputEncoder.ROOM_FOR_KEY_AND_HEADERS) {
            throw new OutputEncoder.TooLargeException(
                    RootLocaleText.format("a row of the state would have %,d bytes", row.length));
        }
        return row;
    }

    /** The encoded writes that lead from one state to the next. */
    List<StoreWrite> writes(OfferState before, OfferState after) {
        List<StoreWrite> writes = new ArrayList<>();
        byte[] id = StateCodec.key(after.key());
        if (after.header().sequence() != before.header().sequence()) {
            writes.add(new StoreWrite(offers, id, Optional.of(codec.encode(after.header()))));
        }
        after.rows().changes().forEach((key, row) -> writes.add(
                new StoreWrite(contents, StateCodec.key(id, key), row.map(codec::encode).map(OfferStores::fitting))));
        Optional<Instant> due = OfferEngine.nextDue(after.header());
        due.filter(at -> !due.equals(OfferEngine.nextDue(before.header())))
                .ifPresent(at -> writes.add(timers.set(at, after.key(), 0)));
        return writes;
    }
}
