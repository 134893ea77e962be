package io.offerflow.faults.crash;

import io.offerflow.contract.Topic;
import org.apache.kafka.streams.processor.api.Record;

/** What a task meets. */
sealed interface Step {

    /** The next record of an input. */
    record Input(Topic topic, long offset, Record<byte[], byte[]> record) implements Step {
    }

    /** The wall clock reaches a time, in ms. */
    record Tick(long wallClock) implements Step {
    }
}
