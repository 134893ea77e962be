package io.offerflow.codec;

import io.offerflow.avro.Coordinates;
import io.offerflow.avro.JournalInput;
import io.offerflow.contract.Topic;
import io.offerflow.contract.wire.InstantRange;
import io.offerflow.domain.model.RootLocaleText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An input record as it is stored at the broker, within bounds: whatever is made of it fits into a record.
 *
 * @param appendedAt the broker's append time, within {@link InstantRange} or its end
 * @param cut the parts that are not kept whole
 */
public record SourceRecord(String topic, int partition, long offset, Instant appendedAt, Optional<byte[]> key,
        Optional<byte[]> value, List<SourceHeader> headers, List<Cut> cut) {

    /** Largest key that is kept whole, in bytes: publisher and offer id have at most 50 characters each. */
    public static final int KEY_MAX_BYTES = 1024;
    /** Largest number of headers that are kept, and of bytes in their names and values together. */
    public static final int MAX_HEADERS = 100;
    public static final int HEADERS_MAX_BYTES = 64 * 1024;

    private static final String TRACE = "traceparent";
    /** The W3C format has 55 characters; a future version may append to it. */
    private static final Pattern TRACE_CONTEXT = Pattern.compile("[!-~]{1,128}");

    /** A header of the record. */
    public record SourceHeader(String name, Optional<byte[]> value) {

        private byte[] nameBytes() {
            return name.getBytes(StandardCharsets.UTF_8);
        }

        private long size(byte[] nameBytes) {
            return nameBytes.length + value.map(bytes -> (long) bytes.length).orElse(0L);
        }
    }

    /**
     * A part of the record that is not kept whole.
     *
     * @param size in bytes: of the original key or value, or of the headers that are left out
     * @param sha256 of these bytes, in hexadecimal digits
     */
    public record Cut(Part part, long size, String sha256) {

        /** For messages, for example {@code value of 1,100,000 bytes (SHA-256 2cf2…)}. */
        @Override
        public String toString() {
            return RootLocaleText.format("%s of %,d bytes (SHA-256 %s)", part.label(), size, sha256);
        }
    }

    /** A part of a record that may be too large to be kept whole. */
    public enum Part {
        KEY, VALUE, HEADERS;

        /** Its name in the contract. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A record as it was received, brought within bounds: the beginning of a large key or value is kept, the largest
     * headers are left out, and {@link #cut} says so. Sizes are checked before anything is copied.
     */
    public static SourceRecord received(String topic, int partition, long offset, Instant appendedAt,
            Optional<byte[]> key, Optional<byte[]> value, List<SourceHeader> headers) {
        List<Cut> cut = new ArrayList<>();
        return new SourceRecord(topic, partition, offset,
                InstantRange.clamp(appendedAt),
                key.map(bytes -> beginning(bytes, KEY_MAX_BYTES, Part.KEY, cut)),
                value.map(bytes -> beginning(bytes, Topic.INPUT_MAX_BYTES, Part.VALUE, cut)),
                headers.isEmpty() ? headers : bounded(headers, cut), List.copyOf(cut));
    }

    private static byte[] beginning(byte[] bytes, int maxBytes, Part part, List<Cut> cut) {
        if (bytes.length <= maxBytes) {
            return bytes;
        }
        cut.add(new Cut(part, bytes.length, hex(sha256().digest(bytes))));
        return Arrays.copyOf(bytes, maxBytes);
    }

    private static List<SourceHeader> bounded(List<SourceHeader> headers, List<Cut> cut) {
        List<SourceHeader> kept = new ArrayList<>(Math.min(headers.size(), MAX_HEADERS));
        MessageDigest leftOut = sha256();
        long leftOutBytes = 0;
        long keptBytes = 0;
        for (SourceHeader header : headers) {
            byte[] name = header.nameBytes();
            long size = header.size(name);
            if (kept.size() < MAX_HEADERS && keptBytes + size <= HEADERS_MAX_BYTES) {
                kept.add(header);
                keptBytes += size;
            } else {
                leftOut.update(name);
                header.value().ifPresent(leftOut::update);
                leftOutBytes += size;
            }
        }
        if (kept.size() < headers.size()) {
            cut.add(new Cut(Part.HEADERS, leftOutBytes, hex(leftOut.digest())));
        }
        return kept;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    /** The input of a journal entry, as far as the journal keeps it: of the headers only the trace. */
    public static SourceRecord of(JournalInput input, Optional<byte[]> key) {
        Coordinates source = input.getSource();
        return new SourceRecord(source.getTopic(), source.getPartition(), source.getOffset(), input.getAppendedAt(),
                key, Optional.ofNullable(input.getValue()).map(SourceRecord::bytes),
                Optional.ofNullable(input.getTraceparent())
                        .map(trace -> new SourceHeader(TRACE, Optional.of(trace.getBytes(StandardCharsets.US_ASCII))))
                        .stream().toList(), List.of());
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }

    /** The W3C trace context, if the record carries one that can be one. */
    public Optional<String> traceparent() {
        for (SourceHeader header : headers) {
            if (header.name().equals(TRACE)) {
                return header.value().map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                        .filter(text -> TRACE_CONTEXT.matcher(text).matches());
            }
        }
        return Optional.empty();
    }

    /** Original size of the key in bytes; -1 if there was none. */
    public long keySize() {
        return size(Part.KEY, key);
    }

    /** Original size of the value in bytes; -1 if there was none. */
    public long valueSize() {
        return size(Part.VALUE, value);
    }

    private long size(Part part, Optional<byte[]> kept) {
        for (Cut one : cut) {
            if (one.part() == part) {
                return one.size();
            }
        }
        return kept.isPresent() ? kept.get().length : -1;
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
