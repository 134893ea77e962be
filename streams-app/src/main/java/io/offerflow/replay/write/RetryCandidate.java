package io.offerflow.replay.write;

import io.offerflow.avro.Coordinates;
import io.offerflow.avro.CutPart;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.codec.EntryId;
import io.offerflow.codec.SourceRecord;
import io.offerflow.contract.answer.RecordCoordinates;
import io.offerflow.domain.model.RootLocaleText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * An input that could be put back.
 *
 * @param entry id of its journal entry
 * @param reason why it was quarantined or rejected
 * @param obstacle why it cannot be put back; empty if it can
 */
public record RetryCandidate(SourceRecord origin, String entry, String reason, String detail,
        Optional<String> obstacle) {

    /**
     * Header with the id of the journal entry of the original record, for example {@code 0-17}. Coordinates would
     * repeat when a topic is created again.
     */
    public static final String HEADER = "offerflow-retry-of";

    /** Header with the key of the request that has put a record back, if a gateway did. */
    public static final String REQUEST_HEADER = "offerflow-retry-key";

    private static final List<String> OWN_HEADERS = List.of(HEADER, REQUEST_HEADER);

    /** The input in a record of the topic quarantine. */
    public static RetryCandidate of(QuarantinedRecord record, Headers headers) {
        Coordinates source = record.getSource();
        List<SourceRecord.SourceHeader> original = record.getHeaders().stream()
                .map(header -> new SourceRecord.SourceHeader(header.getName(),
                        Optional.ofNullable(header.getValue()).map(RetryCandidate::bytes))).toList();
        SourceRecord origin = SourceRecord.received(source.getTopic(), source.getPartition(), source.getOffset(),
                record.getAppendedAt(), Optional.ofNullable(record.getKey()).map(RetryCandidate::bytes),
                Optional.ofNullable(record.getValue()).map(RetryCandidate::bytes), original);
        return new RetryCandidate(origin, EntryId.ofEvent(text(headers, "ce_id").orElse("")),
                record.getReason().name(), record.getDetail(), obstacle(record));
    }

    /** Headers that were left out do not matter: the service reads none of that size. */
    private static Optional<String> obstacle(QuarantinedRecord record) {
        return record.getCut().stream().map(CutPart::getPart)
                .filter(part -> !part.equals(SourceRecord.Part.HEADERS.label())).findFirst()
                .map(part -> RootLocaleText.format("its %s was too large, and only the beginning was kept", part));
    }

    /** The original entry that a record with these headers is a retry of, if it is one. */
    public static Optional<String> originalOf(Headers headers) {
        return text(headers, HEADER);
    }

    /** The key of the request that has put a record with these headers back. */
    public static Optional<String> requestOf(Headers headers) {
        return text(headers, REQUEST_HEADER);
    }

    private static Optional<String> text(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(name)).map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /** The entry of the first record in a chain of retries. */
    public String original() {
        return retryOf().orElse(entry);
    }

    private Optional<String> retryOf() {
        return origin.headers().stream().filter(header -> header.name().equals(HEADER)).findFirst()
                .flatMap(SourceRecord.SourceHeader::value).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Whether a retry with the same original is later than this input, which may be a retry itself. */
    public boolean isRetriedBy(RecordCoordinates retry) {
        return retryOf().isEmpty() || retry.partition() != origin.partition() || retry.offset() > origin.offset();
    }

    RetryCandidate blocked(String why) {
        return new RetryCandidate(origin, entry, reason, detail, Optional.of(why));
    }

    /** The record that puts it back; the partition is that of its key. */
    public ProducerRecord<byte[], byte[]> record() {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(origin.topic(), origin.key().orElse(null),
                origin.value().orElse(null));
        origin.headers().stream().filter(header -> !OWN_HEADERS.contains(header.name())).forEach(header ->
                record.headers().add(header.name(), header.value().orElse(null)));
        record.headers().add(HEADER, original().getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }
}
