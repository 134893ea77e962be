package io.offerflow.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The intended send time of a command, as the trace id of {@code traceparent}: the one header that the service copies
 * from an input to its outcome.
 */
public final class IntendedSendTime {

    public static final String HEADER = "traceparent";

    private static final int FROM = 3;
    private static final int TO = 35;

    private IntendedSendTime() {
    }

    /** Microseconds since 1970, by the clock that all processes of a machine share. */
    public static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    static byte[] encode(long micros) {
        return "00-%032x-000000000000000f-01".formatted(micros).getBytes(StandardCharsets.US_ASCII);
    }

    /** The time in a header, in µs. */
    public static long decode(byte[] header) {
        return Long.parseLong(new String(header, FROM, TO - FROM, StandardCharsets.US_ASCII), 16);
    }
}
