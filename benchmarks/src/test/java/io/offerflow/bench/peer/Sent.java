package io.offerflow.bench.peer;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.test.TestRecord;

/** A record of an output in a form that can be compared and read. */
record Sent(String topic, Optional<String> key, Optional<String> value, long timestamp, List<String> headers) {

    static Sent of(ProducerRecord<byte[], byte[]> record) {
        return of(record.topic(), record.key(), record.value(), record.timestamp(), record.headers());
    }

    static Sent of(String topic, TestRecord<byte[], byte[]> record) {
        return of(topic, record.key(), record.value(), record.timestamp(), record.headers());
    }

    private static Sent of(String topic, byte[] key, byte[] value, long timestamp, Headers headers) {
        return new Sent(topic, Optional.ofNullable(key).map(String::new), Optional.ofNullable(value)
                .map(HexFormat.of()::formatHex), timestamp, Arrays.stream(headers.toArray())
                        .map(header -> header.key() + "=" + new String(header.value())).toList());
    }
}
