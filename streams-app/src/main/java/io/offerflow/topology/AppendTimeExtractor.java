package io.offerflow.topology;

import io.offerflow.contract.wire.InstantRange;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The append time of an input, within bounds. Kafka Streams would stop at a record without a time, or skip it; here it
 * is one of 1970, before which no offer's clock is, and one of the far future is quarantined.
 */
public final class AppendTimeExtractor implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return InstantRange.clamp(Instant.ofEpochMilli(record.timestamp())).toEpochMilli();
    }
}
