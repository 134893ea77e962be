package io.offerflow.topology;

import io.offerflow.domain.model.OfferKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * An index of offers by their due times. It only determines when an offer is looked at; its header decides what is due.
 * So a timer of a withdrawn stop is harmless, and timers are deleted only when they fire.
 */
final class Timers {

    /** An offer whose due time has passed. */
    record Timer(byte[] storeKey, OfferKey offer, int failures) {
    }

    private final KeyValueStore<byte[], byte[]> store;
    /** No timer is before this time, in milliseconds; the range scan skips the tombstones before it. */
    private long floor;

    Timers(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
    }

    /** The write that sets a timer. */
    StoreWrite set(Instant at, OfferKey offer, int failures) {
        floor = Math.min(floor, millis(at));
        return new StoreWrite(store, key(at, offer), Optional.of(value(failures)));
    }

    static byte[] key(Instant at, OfferKey offer) {
        byte[] id = offer.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + id.length).putLong(millis(at)).put(id).array();
    }

    static byte[] value(int failures) {
        return new byte[] {(byte) failures};
    }

    private static long millis(Instant at) {
        return Math.max(0, at.toEpochMilli());
    }

    StoreWrite done(Timer timer) {
        return new StoreWrite(store, timer.storeKey(), Optional.empty());
    }

    /** The timers up to a time, earliest first, at most {@code limit}. */
    List<Timer> upTo(Instant until, int limit) {
        if (until.toEpochMilli() < floor) {
            return List.of();
        }
        List<Timer> due = new ArrayList<>();
        byte[] from = ByteBuffer.allocate(Long.BYTES).putLong(floor).array();
        byte[] to = ByteBuffer.allocate(Long.BYTES).putLong(until.toEpochMilli() + 1).array();
        try (KeyValueIterator<byte[], byte[]> found = store.range(from, to)) {
            while (found.hasNext() && due.size() < limit) {
                KeyValue<byte[], byte[]> next = found.next();
                timer(next).ifPresent(due::add);
            }
        }
        if (due.size() < limit) {
            floor = until.toEpochMilli();
        }
        return due;
    }

    private static Optional<Timer> timer(KeyValue<byte[], byte[]> stored) {
        byte[] id = Arrays.copyOfRange(stored.key, Long.BYTES, stored.key.length);
        return OfferKey.parse(new String(id, StandardCharsets.UTF_8))
                .map(offer -> new Timer(stored.key, offer, stored.value[0]));
    }
}
