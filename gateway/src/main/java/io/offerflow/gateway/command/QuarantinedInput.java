package io.offerflow.gateway.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.offerflow.avro.QuarantinedRecord;
import io.offerflow.contract.json.BytesText;
import io.offerflow.domain.model.OfferKey;
import io.offerflow.http.Json;
import io.offerflow.replay.write.RetryCandidate;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * An input in quarantine.
 *
 * @param id partition and offset in the topic quarantine
 * @param writtenAt when it was put there, in milliseconds since 1970
 */
record QuarantinedInput(String id, long writtenAt, QuarantinedRecord record, RetryCandidate candidate) {

    /** Bytes of a value that a person looks at. */
    private static final int VALUE_SHOWN = 2_000;

    /** The offer that its key names, if it names one. */
    Optional<OfferKey> offer() {
        return candidate.origin().key().flatMap(BytesText::utf8).flatMap(OfferKey::parse);
    }

    /** The time from which on a retry can be found: its append time, if that can be trusted. */
    long retriedAfter() {
        return Math.max(0, Math.min(writtenAt, record.getAppendedAt().toEpochMilli()));
    }

    /** Why it cannot be put back as it is; empty if it can. */
    Optional<String> obstacle() {
        return candidate.obstacle().map(why -> why + "; ask its sender for it")
                .or(() -> offer().isPresent() ? Optional.empty()
                        : Optional.of("its key names no offer; offerflow quarantine retry --with-key sends it with "
                                + "another one"));
    }

    /** As a list shows it. */
    ObjectNode summary() {
        ObjectNode node = Json.object().put("id", id).put("source", candidate.origin().toString())
                .put("appendedAt", Json.time(record.getAppendedAt()))
                .put("quarantinedAt", Json.time(Instant.ofEpochMilli(writtenAt)))
                .put("reason", record.getReason().name()).put("detail", record.getDetail())
                .put("advice", record.getAdvice());
        node.set("commandId", Json.text(Optional.ofNullable(record.getCommandId())));
        node.set("key", Json.text(Optional.ofNullable(record.getKey()).map(BytesText::shown)));
        node.set("obstacle", Json.text(obstacle()));
        return node;
    }

    /** With headers and the beginning of the value. */
    ObjectNode details() {
        ObjectNode node = summary();
        ArrayNode headers = node.putArray("headers");
        record.getHeaders().forEach(header -> headers.addObject().put("name", header.getName())
                .set("value", Json.text(Optional.ofNullable(header.getValue()).map(BytesText::shown))));
        Optional<ByteBuffer> value = Optional.ofNullable(record.getValue());
        node.set("size", Json.number(value.map(bytes -> (long) bytes.remaining())));
        node.set("value", Json.text(value.map(bytes ->
                BytesText.shown(bytes.slice(bytes.position(), Math.min(VALUE_SHOWN, bytes.remaining()))))));
        return node;
    }
}
