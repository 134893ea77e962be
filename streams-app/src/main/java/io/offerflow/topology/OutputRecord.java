package io.offerflow.topology;

import io.offerflow.contract.Topic;
import org.apache.kafka.streams.processor.api.Record;

/** A record for an output topic. */
public record OutputRecord(Topic topic, Record<OutputKey, byte[]> record) {
}
