package io.offerflow.topology;

import io.offerflow.contract.Topic;
import org.apache.kafka.streams.processor.api.Record;

/** A record on its way to a topic. */
public record OutputRecord(Topic topic, Record<OutputKey, byte[]> record) {
}
