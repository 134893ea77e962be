package io.offerflow.codec;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An input record as the broker has it.
 *
 * @param appendedAt the broker's append time
 */
public record Origin(String topic, int partition, long offset, Instant appendedAt, Optional<byte[]> key,
        Optional<byte[]> value, List<Header> headers) {

    private static final String TRACE = "traceparent";

    /** A header of the record. */
    public record Header(String name, Optional<byte[]> value) {
    }

    /** The W3C trace context, if the record carries one. */
    public Optional<String> traceparent() {
        return headers.stream().filter(header -> header.name().equals(TRACE)).findFirst().flatMap(Header::value)
                .map(bytes -> new String(bytes, java.nio.charset.StandardCharsets.US_ASCII));
    }

    /** The value, or its beginning if it is larger than that. */
    public Optional<byte[]> value(int most) {
        return value.map(bytes -> bytes.length <= most ? bytes : Arrays.copyOf(bytes, most));
    }

    public io.offerflow.avro.Coordinates coordinates() {
        return new io.offerflow.avro.Coordinates(topic, partition, offset);
    }

    /** For logs and ids: {@code topic-partition@offset}. */
    @Override
    public String toString() {
        return "%s-%d@%d".formatted(topic, partition, offset);
    }
}
