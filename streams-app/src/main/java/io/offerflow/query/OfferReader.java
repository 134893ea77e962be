package io.offerflow.query;

import io.offerflow.codec.StateCodec;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.domain.state.OfferHeader;
import io.offerflow.domain.state.OfferState;
import io.offerflow.domain.state.StateRows;
import io.offerflow.domain.state.row.AudienceMemberRow;
import io.offerflow.domain.state.row.AudienceRevision;
import io.offerflow.domain.state.row.RowKey;
import io.offerflow.http.HttpError;
import io.offerflow.topology.OfferTopology;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Reads offers from the stores of this instance with interactive queries, where it is the active owner. */
final class OfferReader {

    private static final int MAX_ATTEMPTS = 20;

    private final KafkaStreams streams;
    /** A codec is for one thread at a time, and expensive to create. */
    private final Queue<StateCodec> codecs = new ConcurrentLinkedQueue<>();

    OfferReader(KafkaStreams streams) {
        this.streams = streams;
    }

    /**
     * Maps a consistent state of an offer; empty if the offer does not exist or does not match. Rows are read one by
     * one while the service may be writing: if the header row changed meanwhile, the offer is read again.
     */
    <T> Optional<T> read(OfferKey key, int partition, Predicate<OfferHeader> filter, Function<OfferState, T> mapping) {
        StateCodec codec = Optional.ofNullable(codecs.poll()).orElseGet(StateCodec::new);
        try {
            for (int i = 0; i < MAX_ATTEMPTS; i++) {
                Optional<ReadAttempt<T>> attempt = attempt(key, partition, filter, mapping, codec);
                if (attempt.isPresent()) {
                    return attempt.get().result();
                }
            }
            throw HttpError.unavailable("BUSY", 1, "Offer %s changes faster than it can be read.", key);
        } finally {
            codecs.add(codec);
        }
    }

    /** A consistent read. */
    private record ReadAttempt<T>(Optional<T> result) {
    }

    private <T> Optional<ReadAttempt<T>> attempt(OfferKey key, int partition, Predicate<OfferHeader> filter,
            Function<OfferState, T> mapping, StateCodec codec) {
        byte[] id = StateCodec.key(key);
        Optional<byte[]> before = get(OfferTopology.OFFERS, id, partition);
        Optional<OfferHeader> header = before.map(codec::decodeHeader).filter(filter);
        if (header.isEmpty()) {
            return Optional.of(new ReadAttempt<>(Optional.empty()));
        }
        OfferState offer = new OfferState(key, header.get(), StateRows.of(row ->
                get(OfferTopology.CONTENTS, StateCodec.key(id, row), partition)
                        .map(bytes -> codec.decodeRow(row, bytes))));
        try {
            T result = mapping.apply(offer);
            return unchanged(id, partition, before) ? Optional.of(new ReadAttempt<>(Optional.of(result)))
                    : Optional.empty();
        } catch (HttpError e) {
            throw e;
        } catch (RuntimeException e) {
            if (unchanged(id, partition, before)) {
                throw e;
            }
            return Optional.empty(); // a row that the newer header row no longer refers to
        }
    }

    private boolean unchanged(byte[] id, int partition, Optional<byte[]> before) {
        return get(OfferTopology.OFFERS, id, partition)
                .filter(now -> Arrays.equals(now, before.orElseThrow())).isPresent();
    }

    /** The members of a revision of a plan's private audience, by id. */
    SortedMap<String, AudienceMemberRow> members(OfferKey key, String planId, AudienceRevision revision,
            int partition) {
        byte[] offer = StateCodec.key(key);
        StateCodec codec = Optional.ofNullable(codecs.poll()).orElseGet(StateCodec::new);
        SortedMap<String, AudienceMemberRow> members = new TreeMap<>();
        StateCodec.KeyRange range = StateCodec.members(offer, planId, revision.generation(), "");
        try (KeyValueIterator<byte[], byte[]> rows = result(StateQueryRequest.inStore(OfferTopology.CONTENTS)
                .withQuery(RangeQuery.<byte[], byte[]>withRange(range.first(), range.last())), partition)) {
            while (rows.hasNext()) {
                KeyValue<byte[], byte[]> row = rows.next();
                RowKey.AudienceMemberKey member = (RowKey.AudienceMemberKey) StateCodec.rowKey(row.key);
                AudienceMemberRow found = (AudienceMemberRow) codec.decodeRow(member, row.value);
                if (found.isInAt(revision.number())) {
                    members.put(member.id(), found);
                }
            }
            return members;
        } finally {
            codecs.add(codec);
        }
    }

    private Optional<byte[]> get(String store, byte[] key, int partition) {
        return Optional.ofNullable(result(StateQueryRequest.inStore(store)
                .withQuery(KeyQuery.<byte[], byte[]>withKey(key)), partition));
    }

    private <T> T result(StateQueryRequest<T> query, int partition) {
        try {
            QueryResult<T> result = streams.query(query.withPartitions(Set.of(partition)).requireActive())
                    .getPartitionResults().get(partition);
            if (result == null || result.isFailure()) {
                throw HttpError.unavailable("REBALANCING", 1, "Partition %d is on its way to or from this instance.",
                        partition);
            }
            return result.getResult();
        } catch (StreamsException | IllegalStateException e) {
            throw HttpError.unavailable("REBALANCING", 1, "This instance does not take part yet, or no longer.");
        }
    }
}
