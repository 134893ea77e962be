package io.offerflow.fuzz;

import io.offerflow.contract.Topic;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;

/**
 * A record on an input topic.
 *
 * @param key null for none
 * @param value null for none
 * @param kind how it was made
 * @param poison the kind of poison that it is
 */
record FuzzedInput(Topic topic, byte[] key, byte[] value, Headers headers, Instant appendedAt, Kind kind,
        Optional<PoisonKinds.Kind> poison) {

    /** How an input was made. */
    enum Kind {
        /** As honest senders make it. */
        VALID,
        /** Valid, but one field is at or beyond a bound. */
        BOUNDARY,
        /** The bytes of a valid one were cut, flipped, moved or repeated. */
        DAMAGED,
        /** One of {@link PoisonKinds}. */
        POISON,
        /** With a key that is none, or another one. */
        HOSTILE_KEY,
        /** With headers that are many, large or not text. */
        HOSTILE_HEADERS,
        /** Appended at an extreme time. */
        EXTREME_TIME
    }

    FuzzedInput(Topic topic, byte[] key, byte[] value, Headers headers, Instant appendedAt, Kind kind) {
        this(topic, key, value, headers, appendedAt, kind, Optional.empty());
    }
}
