package io.offerflow.codec;

import io.offerflow.avro.Coordinates;
import io.offerflow.avro.JournalInput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An input record as it is stored at the broker.
 *
 * @param appendedAt the broker's append time
 */
public record SourceRecord(String topic, int partition, long offset, Instant appendedAt, Optional<byte[]> key,
        Optional<byte[]> value, List<SourceHeader> headers) {

    private static final String TRACE = "traceparent";

    /** A header of the record. */
    public record SourceHeader(String name, Optional<byte[]> value) {
    }

    /** The input of a journal entry, as far as the journal keeps it: of the headers only the trace. */
    public static SourceRecord of(JournalInput input, Optional<byte[]> key) {
        Coordinates source = input.getSource();
        return new SourceRecord(source.getTopic(), source.getPartition(), source.getOffset(), input.getAppendedAt(),
                key, Optional.ofNullable(input.getValue()).map(SourceRecord::bytes),
                Optional.ofNullable(input.getTraceparent())
                        .map(trace -> new SourceHeader(TRACE, Optional.of(trace.getBytes(StandardCharsets.US_ASCII))))
                        .stream().toList());
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }

    /** The W3C trace context, if the record carries one. */
    public Optional<String> traceparent() {
        for (SourceHeader header : headers) {
            if (header.name().equals(TRACE)) {
                return header.value().map(bytes -> new String(bytes, StandardCharsets.US_ASCII));
            }
        }
        return Optional.empty();
    }

    /** The value, cut after {@code maxBytes}. */
    public Optional<byte[]> value(int maxBytes) {
        return value.map(bytes -> bytes.length <= maxBytes ? bytes : Arrays.copyOf(bytes, maxBytes));
    }

    public Coordinates coordinates() {
        return new Coordinates(topic, partition, offset);
    }

    /** For logs and ids: {@code topic-partition@offset}. */
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
