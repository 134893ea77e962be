package io.offerflow.bench.load;

import io.offerflow.contract.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * What the service does for one command, in order.
 *
 * @param sent the records that it writes; the first is the entry of the journal
 */
public record Footprint(List<StoreLookup> reads, List<StoreChange> writes, List<FootprintRecord> sent) {

    /** A look-up of one key; the number of a store is its place in the topology's list. */
    public record StoreLookup(int store, byte[] key) {
    }

    /** A change of one key; without a value, its deletion. */
    public record StoreChange(int store, byte[] key, Optional<byte[]> value) {
    }

    /** A record of an output topic; without a value, a tombstone. */
    public record FootprintRecord(Topic topic, byte[] key, Optional<byte[]> value, Headers headers) {
    }

    long storedBytes() {
        return writes.stream().mapToLong(write -> write.key().length + length(write.value())).sum();
    }

    long sentBytes() {
        return sent.stream().mapToLong(record -> record.key().length + length(record.value())
                + Arrays.stream(record.headers().toArray()).mapToLong(header ->
                        header.key().length() + header.value().length).sum()).sum();
    }

    private static int length(Optional<byte[]> bytes) {
        return bytes.map(some -> some.length).orElse(0);
    }
}
