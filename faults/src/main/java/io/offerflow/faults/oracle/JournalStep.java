package io.offerflow.faults.oracle;

import io.offerflow.avro.JournalEntry;
import io.offerflow.topology.outputs.Transition;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An entry of the journal.
 *
 * @param input the input record that it names; empty if time passed, or if there is none at its coordinates
 * @param transition of the offer, without its source; empty for an entry that is not about an offer
 */
record JournalStep(ConsumerRecord<byte[], byte[]> record, JournalEntry entry,
        Optional<ConsumerRecord<byte[], byte[]>> input, Optional<Transition> transition) {
}
