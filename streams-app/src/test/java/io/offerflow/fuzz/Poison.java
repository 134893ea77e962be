package io.offerflow.fuzz;

import io.offerflow.contract.Topic;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record that a sender should not write.
 *
 * @param shift distance of its partition from that of the offer that it is made for
 */
public record Poison(Topic topic, byte[] key, byte[] value, Headers headers, int shift) {

    static Poison of(GoodInput good, byte[] key, byte[] value) {
        return new Poison(good.topic(), key, value, new RecordHeaders(), 0);
    }

    static Poison value(GoodInput good, byte[] value) {
        return of(good, good.key(), value);
    }

    Poison with(String header, byte[] content) {
        headers.add(header, content);
        return this;
    }

    Poison shifted() {
        return new Poison(topic, key, value, headers, 1);
    }
}
