package io.offerflow.bench.load;

import io.offerflow.avro.Result;
import io.offerflow.contract.Topic;

/**
 * One command of a workload, ready to be sent.
 *
 * @param epoch section of the workload; commands of one offer on different topics are in different epochs
 * @param key of the record
 * @param value in the wire format
 * @param expected its outcome if all commands are taken in order
 */
public record WorkloadCommand(int epoch, Topic topic, byte[] key, byte[] value, Result expected) {
}
