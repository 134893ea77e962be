package io.offerflow.bench.load;

import io.offerflow.contract.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * What the service does for one command, in order. In a file it is binary, and cheap to read: that is part of what is
 * measured.
 *
 * @param sent the records that it writes; the first is the entry of the journal
 */
public record Footprint(List<StoreLookup> reads, List<StoreChange> writes, List<ProducerRecord<byte[], byte[]>> sent) {

    private static final Topic[] TOPICS = Topic.values();
    /** Names of headers by number, so that a reader does not build them again and again. */
    private static final List<String> HEADERS =
            List.of("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "content-type", "traceparent");
    private static final int ABSENT = -1;

    /** A look-up of one key; the number of a store is its place in the topology's list. */
    public record StoreLookup(int store, byte[] key) {
    }

    /** A change of one key; without a value, its deletion. */
    public record StoreChange(int store, byte[] key, Optional<byte[]> value) {
    }

    long storedBytes() {
        return writes.stream().mapToLong(write -> write.key().length + length(write.value().orElse(null))).sum();
    }

    long sentBytes() {
        return sent.stream().mapToLong(record -> length(record.key()) + length(record.value())
                + Arrays.stream(record.headers().toArray()).mapToLong(header ->
                        header.key().length() + header.value().length).sum()).sum();
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    void write(ByteBuffer out) {
        all(out, reads, read -> bytes(out.put((byte) read.store()), read.key()));
        all(out, writes, write -> {
            bytes(out.put((byte) write.store()), write.key());
            bytes(out, write.value().orElse(null));
        });
        all(out, sent, record -> {
            bytes(out.put((byte) Topic.named(record.topic()).orElseThrow().ordinal()), record.key());
            bytes(out, record.value());
            all(out, List.of(record.headers().toArray()), header ->
                    bytes(out.put((byte) HEADERS.indexOf(header.key())), header.value()));
        });
    }

    private static <T> void all(ByteBuffer out, List<T> parts, Consumer<T> write) {
        out.putShort((short) parts.size());
        parts.forEach(write);
    }

    private static void bytes(ByteBuffer out, byte[] bytes) {
        out.putInt(bytes == null ? ABSENT : bytes.length).put(bytes == null ? new byte[0] : bytes);
    }

    /** Reads what {@link #write} has written, for an input of this partition. */
    static Footprint read(ByteBuffer in, int partition) {
        return new Footprint(all(in, () -> new StoreLookup(in.get(), bytes(in))),
                all(in, () -> new StoreChange(in.get(), bytes(in), Optional.ofNullable(bytes(in)))),
                all(in, () -> new ProducerRecord<>(TOPICS[in.get()].topicName(), partition, bytes(in), bytes(in),
                        Footprint.<Header>all(in, () -> new RecordHeader(HEADERS.get(in.get()), bytes(in))))));
    }

    private static <T> List<T> all(ByteBuffer in, Supplier<T> next) {
        int size = in.getShort();
        List<T> all = new ArrayList<>(size);
        while (all.size() < size) {
            all.add(next.get());
        }
        return all;
    }

    private static byte[] bytes(ByteBuffer in) {
        int length = in.getInt();
        if (length == ABSENT) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
