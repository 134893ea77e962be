package io.offerflow.bench.load;

import io.offerflow.avro.Result;
import io.offerflow.contract.Topic;

/**
 * One command of a workload, ready to be sent.
 *
 * @param epoch commands of one offer that go to different topics are in different epochs; a loader that keeps the
 *     order lets everything of one epoch reach the broker before it sends the next
 * @param key of the record
 * @param value in the wire format
 * @param expected what becomes of it if all were sent in order
 */
public record Item(int epoch, Topic topic, byte[] key, byte[] value, Result expected) {
}
