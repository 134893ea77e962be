package io.offerflow.query;

import io.offerflow.codec.StateCodec;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.StateQueryRequest;

/** Reads offers of this instance from its stores with interactive queries, only where it is the active owner. */
final class OfferReader {

    static final String OFFERS = "offers";
    static final String CONTENTS = "contents";

    private static final int MAX_ATTEMPTS = 20;

    private final KafkaStreams streams;
    /** A codec is for one thread at a time, and costly to make. */
    private final Queue<StateCodec> codecs = new ConcurrentLinkedQueue<>();

    OfferReader(KafkaStreams streams) {
        this.streams = streams;
    }

    /**
     * Something made of an offer as it stood at one moment; empty if there is no such offer among those asked for. Facts and rows are read
     * one by one while the service may be writing: if the facts changed meanwhile, it is made again.
     */
    <T> Optional<T> read(OfferKey key, int partition, Predicate<OfferHeader> which, Function<OfferState, T> how) {
        StateCodec codec = Optional.ofNullable(codecs.poll()).orElseGet(StateCodec::new);
        try {
            for (int i = 0; i < MAX_ATTEMPTS; i++) {
                Optional<ReadAttempt<T>> made = attempt(key, partition, which, how, codec);
                if (made.isPresent()) {
                    return made.get().made();
                }
            }
            throw QueryError.unavailable("BUSY", 1, "Offer %s changes faster than it can be read.", key);
        } finally {
            codecs.add(codec);
        }
    }

    private record ReadAttempt<T>(Optional<T> made) {
    }

    private <T> Optional<ReadAttempt<T>> attempt(OfferKey key, int partition, Predicate<OfferHeader> which,
            Function<OfferState, T> how, StateCodec codec) {
        byte[] id = StateCodec.key(key);
        Optional<byte[]> before = get(OFFERS, id, partition);
        Optional<OfferHeader> facts = before.map(codec::decodeHeader).filter(which);
        if (facts.isEmpty()) {
            return Optional.of(new ReadAttempt<>(Optional.empty()));
        }
        OfferState offer = new OfferState(key, facts.get(), StateRows.of(row ->
                get(CONTENTS, StateCodec.key(id, row), partition).map(bytes -> codec.decodeRow(row, bytes))));
        try {
            T made = how.apply(offer);
            return unchanged(id, partition, before) ? Optional.of(new ReadAttempt<>(Optional.of(made))) : Optional.empty();
        } catch (QueryError e) {
            throw e;
        } catch (RuntimeException e) {
            if (unchanged(id, partition, before)) {
                throw e;
            }
            return Optional.empty(); // a row that the newer facts no longer point to
        }
    }

    private boolean unchanged(byte[] id, int partition, Optional<byte[]> before) {
        return get(OFFERS, id, partition).filter(now -> Arrays.equals(now, before.orElseThrow())).isPresent();
    }

    private Optional<byte[]> get(String store, byte[] key, int partition) {
        try {
            QueryResult<byte[]> result = streams.query(StateQueryRequest.inStore(store)
                    .withQuery(KeyQuery.<byte[], byte[]>withKey(key)).withPartitions(Set.of(partition))
                    .requireActive()).getPartitionResults().get(partition);
            if (result == null || result.isFailure()) {
                throw QueryError.unavailable("REBALANCING", 1, "Partition %d is on its way to or from this instance.",
                        partition);
            }
            return Optional.ofNullable(result.getResult());
        } catch (StreamsException | IllegalStateException e) {
            throw QueryError.unavailable("REBALANCING", 1, "This instance does not take part yet, or no longer.");
        }
    }
}
