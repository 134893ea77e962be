package io.offerflow.bench.load;

import io.offerflow.avro.Result;
import io.offerflow.contract.Topic;

/**
 * One command of a workload, ready to be sent.
 *
 * @param epoch which stretch of the workload it belongs to; commands of one offer that go to different topics are in
 *     different epochs
 * @param key of the record
 * @param value in the wire format
 * @param expected what becomes of it if all were sent in order
 */
public record Item(int epoch, Topic topic, byte[] key, byte[] value, Result expected) {
}
