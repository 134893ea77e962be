package io.offerflow.bench.footprint;

import io.offerflow.contract.Topic;
import java.util.List;
import java.util.Optional;

/**
 * What the service does for one command, in its order.
 *
 * @param letters the records it writes; the first one is the journal's line
 */
public record Footprint(List<Read> reads, List<Write> writes, List<Letter> letters) {

    /** A look-up of one key; stores are numbered as the topology lists them. */
    public record Read(int store, byte[] key) {
    }

    /** A change of one key; nothing deletes it. */
    public record Write(int store, byte[] key, Optional<byte[]> value) {
    }

    /** A record; one without a value is a tombstone. */
    public record Letter(Topic topic, Optional<byte[]> key, Optional<byte[]> value, List<Header> headers) {
    }

    /** A header of a record. */
    public record Header(String name, byte[] value) {
    }

    /** Bytes of keys and values that are written to stores. */
    public long stored() {
        return writes.stream().mapToLong(write -> write.key().length + length(write.value())).sum();
    }

    /** Bytes of keys, values and headers of the records. */
    public long sent() {
        return letters.stream().mapToLong(letter -> length(letter.key()) + length(letter.value())
                + letter.headers().stream().mapToLong(header -> header.name().length() + header.value().length).sum())
                .sum();
    }

    private static int length(Optional<byte[]> bytes) {
        return bytes.map(some -> some.length).orElse(0);
    }
}
